"""Write a tiny random COMET model without references. Run by the Python that has COMET in it.

It builds on ``tiny_encoders.build_encoder(..., roberta=True)``, whose folder is the first argument;
the second is the folder to write.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    import pytorch_lightning
    import torch
    import yaml
    from comet.models import ReferencelessRegression

    base, output = Path(sys.argv[1]), Path(sys.argv[2])
    torch.manual_seed(1)
    model = ReferencelessRegression(
        encoder_model="XLM-RoBERTa",
        pretrained_model=str(base),
        load_pretrained_weights=False,
        hidden_sizes=[16],
        local_files_only=True,
    )
    (output / "checkpoints").mkdir(parents=True)
    trainer = pytorch_lightning.Trainer(logger=False, accelerator="cpu", enable_checkpointing=False)
    trainer.strategy.connect(model)
    trainer.save_checkpoint(output / "checkpoints" / "model.ckpt", weights_only=True)
    settings = {**model.hparams, "class_identifier": "referenceless_regression_metric"}
    (output / "hparams.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


if __name__ == "__main__":
    main()
