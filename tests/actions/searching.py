"""Everything a workspace holds on disk, decoded: what a search for someone has to look through."""

from __future__ import annotations

import sqlite3

from crosstie.actions.home import Home


def decoded(home: Home) -> str:
    """Rows of the record, tables of the database, every Parquet file, and every file's bytes."""
    parts = []
    with home.record.connect() as connection:
        parts.append(str(connection.execute("SELECT * FROM interactions").fetchall()))
        parts += [
            str(connection.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall())
            for file in home.folder.rglob("*.parquet")
        ]
    database = sqlite3.connect(home.store.path)
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    parts += [str(database.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in tables]
    database.close()
    for file in home.folder.rglob("*"):
        if file.is_file():
            parts += [file.name, file.read_bytes().decode("latin-1")]
    return "\n".join(parts)
