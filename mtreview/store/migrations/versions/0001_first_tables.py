"""The first tables of the store, and the rule that a decision is never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cached",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_cached")),
    )
    op.create_table(
        "patterns",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "pattern", name=op.f("pk_patterns")),
    )
    op.create_index(op.f("ix_patterns_pattern"), "patterns", ["pattern"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column("target_language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reviews")),
        sa.UniqueConstraint("id", name=op.f("uq_reviews_id")),
    )
    op.create_table(
        "claims",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_claims_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "segment_id", name=op.f("pk_claims")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("flag", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_decisions_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("review_id", "key", name=op.f("uq_decisions_review_id_key")),
        sa.UniqueConstraint(
            "review_id",
            "segment_id",
            "revision",
            name=op.f("uq_decisions_review_id_segment_id_revision"),
        ),
    )
    op.create_table(
        "flags",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_flags_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "segment_id", "number", name=op.f("pk_flags")),
    )
    op.create_index(op.f("ix_flags_pattern"), "flags", ["pattern"], unique=False)
    op.create_index(
        op.f("ix_flags_review_id_check_is_open_segment_id"),
        "flags",
        ["review_id", "check", "is_open", "segment_id"],
        unique=False,
    )
    op.create_table(
        "results",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_results_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "segment_id", "of", name=op.f("pk_results")),
    )
    op.create_table(
        "segments",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("is_stale", sa.Integer(), nullable=False),
        sa.Column("quality", sa.Float(precision=53), nullable=True),
        sa.Column("risk", sa.Float(precision=53), nullable=False),
        sa.Column("penalty", sa.Float(precision=53), nullable=False),
        sa.Column("initial_penalty", sa.Float(precision=53), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_segments_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "id", name=op.f("pk_segments")),
    )
    op.create_index(
        op.f("ix_segments_review_id_position"), "segments", ["review_id", "position"], unique=True
    )
    op.create_index(
        "ix_segments_worst",
        "segments",
        ["review_id", sa.literal_column("risk DESC"), "position"],
        unique=False,
    )
    op.create_table(
        "texts",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("edited", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("extras", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_texts_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "segment_id", name=op.f("pk_texts")),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are only appended'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'decisions are only appended'; END $$"
        )
        op.execute(
            "CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions "
            "FOR EACH ROW EXECUTE FUNCTION refuse_update()"
        )


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TRIGGER decisions_are_final")
    else:
        op.execute("DROP TRIGGER decisions_are_final ON decisions")
        op.execute("DROP FUNCTION refuse_update")
    op.drop_table("texts")
    op.drop_index("ix_segments_worst", table_name="segments")
    op.drop_index(op.f("ix_segments_review_id_position"), table_name="segments")
    op.drop_table("segments")
    op.drop_table("results")
    op.drop_index(op.f("ix_flags_review_id_check_is_open_segment_id"), table_name="flags")
    op.drop_index(op.f("ix_flags_pattern"), table_name="flags")
    op.drop_table("flags")
    op.drop_table("decisions")
    op.drop_table("claims")
    op.drop_table("reviews")
    op.drop_index(op.f("ix_patterns_pattern"), table_name="patterns")
    op.drop_table("patterns")
    op.drop_table("cached")
