"""Text search over the columns of a table: SQLite's FTS5 or PostgreSQL's tsvector behind one interface.

No stemming and the same folding of accents on both, so that both find the same rows.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.sql.compiler import SQLCompiler

MAX_CHARACTERS: Final = 200
MAX_WORDS: Final = 8
TRIGRAM: Final = 3
# Of one column: PostgreSQL refuses a row whose index entry is over a megabyte.
INDEXED_CHARACTERS: Final = 60_000
NEAR_ENOUGH: Final = 0.4
CONFIGURATION: Final = "site_search"
WEIGHTS: Final = (("A", "10.0"), ("B", "4.0"), ("C", "1.0"), ("D", "0.5"))

_CONFIGURE: Final = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    f"""DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = '{CONFIGURATION}') THEN
        CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple);
        ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION}
          ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
      END IF;
    END $$""",
)


def all_words(text: str) -> list[str]:
    """Letters and digits only, so that no input carries an operator, a quote or a NUL."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    return "".join(character if character.isalnum() else " " for character in folded).split()


def words(text: str) -> list[str]:
    """The words that are searched for: the first `MAX_WORDS`."""
    return all_words(text)[:MAX_WORDS]


def folded(text: str) -> list[str]:
    """The words of a text without case and accents, as the indexes keep them."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return "".join(character if character.isalnum() else " " for character in plain).split()


def held(text: str, found: list[str]) -> list[str]:
    """Those of the words that a text holds, the last one perhaps unfinished: what an index would find."""
    tokens = folded(text)
    sought = [" ".join(folded(word)) for word in found]
    return [
        word
        for place, (word, token) in enumerate(zip(found, sought, strict=True))
        if any(each == token or (place == len(found) - 1 and each.startswith(token)) for each in tokens)
    ]


def likeness(wanted: str, name: str) -> float:
    """From 0 to 1: the share of the text's trigrams, word by word, that a name has too; as pg_trgm counts."""
    grams = _padded(wanted)
    return len(grams & _padded(name)) / len(grams) if grams else 0.0


def _padded(text: str) -> set[str]:
    return {gram for word in folded(text) for gram in _trigrams(f"  {word} ")}


def _trigrams(text: str) -> set[str]:
    return {text[start : start + TRIGRAM] for start in range(len(text) - TRIGRAM + 1)}


def _insert(table: str, columns: Iterable[str], values: Iterable[str]) -> str:
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES ({', '.join(values)})"  # noqa: S608  # of the code


def _names(sql: str, params: list[str], using: str) -> list[str]:
    """The first column, each value once."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


@models.TextField.register_lookup
class Fts(models.Lookup):
    """`MATCH` on the hidden column of an FTS5 table."""

    lookup_name = "fts"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} MATCH {right}", (*left_params, *right_params)


class _Document(models.Func):
    """PostgreSQL's generated column, which no model names, beside the primary key that is handed in."""

    output_field = models.TextField()

    def as_sql(  # type: ignore[override]  # the base class allows for templates
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        (key,) = self.get_source_expressions()
        alias = compiler.quote_name(key.alias)
        return f'{alias}."document"', []


class _Query(models.Func):
    """Every word, the last one perhaps unfinished, as PostgreSQL asks for it."""

    template = f"to_tsquery('{CONFIGURATION}', %(expressions)s)"
    output_field = models.TextField()

    def __init__(self, found: list[str]) -> None:
        super().__init__(models.Value(" & ".join(f"'{word}'" for word in found) + ":*"))


class _Matches(models.Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


class _Among(models.Func):
    """Whether a number is in a list, which goes to PostgreSQL as one parameter."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class _Rank(models.Func):
    function = "ts_rank"
    output_field = models.FloatField()


@dataclass(frozen=True)
class TextIndex:
    """The index of a table; `columns` run from the weightiest to the lightest, the first is spelt by guesses.

    On SQLite the model needs an unmanaged partner, one to one and named by `relation`, on the table
    `<table>_fts` with its hidden columns as `matches` and `rank`.
    """

    table: str
    columns: tuple[str, ...]
    relation: str = "fts"

    def holds(self, found: list[str], using: str = "default") -> models.Q:
        """For `filter`: rows that hold every word, the last one perhaps unfinished; all without a word."""
        if not found:
            return models.Q()
        if connections[using].vendor == "sqlite":
            query = " ".join(f'"{word}"' for word in found) + " *"
            return models.Q(**{f"{self.relation}__matches__fts": query})
        return models.Q(_Matches(_Document("pk"), _Query(found)))

    def among(self, keys: list[int], using: str = "default") -> models.Q:
        """For `filter`: rows with one of these primary keys, cheaper than `pk__in` for thousands."""
        if connections[using].vendor == "sqlite":
            return models.Q(pk__in=keys)
        return models.Q(_Among(models.F("pk"), models.Value(keys)))

    def relevance(self, found: list[str], using: str = "default") -> Combinable | OrderBy:
        """For `order_by`, on rows filtered by `holds`: the nearest first."""
        if connections[using].vendor == "sqlite":
            return models.F(f"{self.relation}__rank").asc()
        return _Rank(_Document("pk"), _Query(found)).desc()

    def guesses(self, text: str, using: str = "default", limit: int = 5) -> list[str]:
        """Names spelt nearly like the text; to be asked only when nothing was found."""
        wanted = " ".join(words(text)).lower()
        if len(wanted) < TRIGRAM:
            return []
        if connections[using].vendor == "sqlite":
            return self._near_by_trigrams(wanted, using)[:limit]
        name = self.columns[0]
        # `<%` is true from NEAR_ENOUGH on: the connection's settings say so.
        near = _names(
            f"SELECT {name} FROM {self.table} WHERE %s <%% {name} "  # noqa: S608  # names from the code
            f"ORDER BY word_similarity(%s, {name}) DESC, {name} LIMIT 50",
            [wanted, wanted],
            using,
        )
        return near[:limit]

    def _near_by_trigrams(self, wanted: str, using: str) -> list[str]:
        """FTS5 ranks whatever shares one trigram; those that share few are no guess."""
        index = f"{self.table}_trigram"
        near = _names(
            f"SELECT {self.columns[0]} FROM {index} "  # noqa: S608  # names from the code
            f"WHERE {index} MATCH %s ORDER BY rank LIMIT 50",
            [" OR ".join(f'"{gram}"' for gram in sorted(_trigrams(wanted)))],
            using,
        )
        alike = {name: likeness(wanted, name) for name in near}
        return sorted((name for name in near if alike[name] >= NEAR_ENOUGH), key=lambda name: -alike[name])

    def create(self, vendor: str) -> tuple[str, ...]:
        """The statements that build the index and keep it in step with its table."""
        if vendor != "sqlite":
            return (*_CONFIGURE, *self._document())
        return (
            f"CREATE VIRTUAL TABLE {self.table}_fts USING fts5({', '.join(self.columns)}, "
            f"content='{self.table}', content_rowid='id', "
            "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')",
            f"CREATE VIRTUAL TABLE {self.table}_trigram USING fts5({self.columns[0]}, "
            f"content='{self.table}', content_rowid='id', tokenize='trigram')",
            *self.restore(vendor),
        )

    def restore(self, vendor: str) -> tuple[str, ...]:
        """What a migration ends with that made SQLite build the table anew, which drops its triggers."""
        if vendor != "sqlite":
            return ()
        weights = ", ".join(weight for _, weight in WEIGHTS[: len(self.columns)])
        texts, names = f"{self.table}_fts", f"{self.table}_trigram"
        return (
            *self.triggers().values(),
            _insert(texts, (texts, "rank"), ("'rank'", f"'bm25({weights})'")),
            _insert(texts, (texts,), ("'rebuild'",)),
            _insert(names, (names,), ("'rebuild'",)),
        )

    def drop(self, vendor: str) -> tuple[str, ...]:
        if vendor != "sqlite":
            return (
                f"DROP INDEX {self.table}_{self.columns[0]}_trgm",
                f"ALTER TABLE {self.table} DROP COLUMN document",
            )
        return (
            *(f"DROP TRIGGER {name}" for name in self.triggers()),
            f"DROP TABLE {self.table}_trigram",
            f"DROP TABLE {self.table}_fts",
        )

    def triggers(self) -> dict[str, str]:
        """SQLite's triggers on the table, by name."""
        gone = self._write("old", delete=True)
        here = self._write("new")
        events = {
            "ai": ("INSERT", here),
            "ad": ("DELETE", gone),
            "au": (f"UPDATE OF {', '.join(self.columns)}", gone + here),
        }
        return {
            f"{self.table}_fts_{tail}": (
                f"CREATE TRIGGER {self.table}_fts_{tail} AFTER {event} ON {self.table} BEGIN {body}END"
            )
            for tail, (event, body) in events.items()
        }

    def _write(self, row: str, *, delete: bool = False) -> str:
        """What a trigger does: `row` is `old` or `new`."""
        statements = []
        for index, columns in (("fts", self.columns), ("trigram", self.columns[:1])):
            table = f"{self.table}_{index}"
            names = ("rowid", *columns)
            values = (f"{row}.id", *(f"{row}.{column}" for column in columns))
            if delete:
                names, values = (table, *names), ("'delete'", *values)
            statements.append(_insert(table, names, values))
        return "; ".join(statements) + "; "

    def _document(self) -> tuple[str, ...]:
        document = " || ".join(
            f"setweight(to_tsvector('{CONFIGURATION}', left({column}, {INDEXED_CHARACTERS})), '{letter}')"
            for column, (letter, _) in zip(self.columns, WEIGHTS, strict=False)
        )
        name = self.columns[0]
        return (
            f"ALTER TABLE {self.table} ADD COLUMN document tsvector GENERATED ALWAYS AS ({document}) STORED",
            f"CREATE INDEX {self.table}_document ON {self.table} USING gin (document)",
            f"CREATE INDEX {self.table}_{name}_trgm ON {self.table} USING gin ({name} gin_trgm_ops)",
        )
