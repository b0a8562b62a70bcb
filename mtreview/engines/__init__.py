"""Translation engines and the packs (models with their tokenizer, licence and scores) they run."""
