"""Where reviews and decisions last: SQLAlchemy over SQLite, or PostgreSQL by URL."""
