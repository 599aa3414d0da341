"""The tables of the index."""

from __future__ import annotations

from crosstie.ideas import words

TABLES = f"""
CREATE TABLE question (
  id INTEGER PRIMARY KEY, external_id TEXT, asker TEXT, place TEXT, at INTEGER, link TEXT, text TEXT,
  files TEXT
);
CREATE TABLE answer (
  id INTEGER PRIMARY KEY, question INTEGER, external_id TEXT, author TEXT, at INTEGER, link TEXT, text TEXT
);
CREATE TABLE common (kind TEXT, term TEXT, texts INTEGER, PRIMARY KEY (kind, term)) WITHOUT ROWID;
CREATE VIRTUAL TABLE asked USING fts5(words, content='', tokenize='{words.TOKENS}');
CREATE VIRTUAL TABLE answered USING fts5(words, content='', tokenize='{words.TOKENS}');
CREATE VIRTUAL TABLE asked_words USING fts5vocab(asked, 'row');
CREATE VIRTUAL TABLE answered_words USING fts5vocab(answered, 'row');
CREATE VIRTUAL TABLE asked_places USING fts5vocab(asked, 'instance');
CREATE VIRTUAL TABLE answered_places USING fts5vocab(answered, 'instance');
CREATE TABLE length (kind TEXT PRIMARY KEY, size INTEGER, words BLOB) WITHOUT ROWID;
CREATE INDEX answers_to ON answer (question);
CREATE INDEX answered_at ON answer (at);
CREATE INDEX answered_by ON answer (author, question);
"""
"""Texts stand last, so that whoever reads a row without its text does not read it; behind them the names of
the files that a change touched, as a list in JSON, "" for none."""
