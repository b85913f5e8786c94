"""A made-up history of a database: the scripts that all contestants run.

It is a mix like that of a real project: tables first and then more of them, columns, indexes, foreign keys, small
changes of data, views, routines. The same seed makes the same history.
"""

from dataclasses import dataclass, field
from random import Random

THINGS = ["customer", "invoice", "payment", "crew", "job", "estimate", "product", "vendor", "visit", "warranty"]
PARTS = ["note", "address", "status", "contact", "rate", "document", "schedule", "tag"]
COLUMNS = [
    ("comment", "VARCHAR(500) NULL"), ("amount", "DECIMAL(10,2) NOT NULL DEFAULT 0"), ("due_on", "DATE NULL"),
    ("is_active", "BOOLEAN NOT NULL DEFAULT TRUE"), ("phone", "VARCHAR(30) NULL"), ("email", "VARCHAR(200) NULL"),
    ("rank_no", "INT NOT NULL DEFAULT 0"), ("changed_at", "DATETIME NULL"), ("code", "CHAR(8) NULL"),
    ("source", "ENUM('web','phone','office') NOT NULL DEFAULT 'web'"), ("details", "TEXT NULL"),
]
# What a script is, and how many of a hundred are.
KINDS = {
    "table": 14, "column": 26, "column_with_data": 8, "index": 12, "foreign_key": 8, "insert": 12, "update": 8,
    "view": 6, "routine": 6,
}


@dataclass
class Statement:
    text: str
    # A routine: there are semicolons within it.
    is_compound: bool = False


@dataclass
class Script:
    number: int
    title: str
    statements: list[Statement]


@dataclass
class Table:
    name: str
    columns: list[str] = field(default_factory=list)


class History:
    def __init__(self, seed: int):
        self.random = Random(seed)
        self.tables: list[Table] = []
        self.indexes = 0
        self.keys = 0

    def scripts(self, count: int) -> list[Script]:
        deck = [kind for kind, share in KINDS.items() for _ in range(share)]
        result = []
        for number in range(1, count + 1):
            kind = "table" if number <= 8 else self.random.choice(deck)
            title, statements = getattr(self, kind)()
            result.append(Script(number, title, [s if isinstance(s, Statement) else Statement(s) for s in statements]))
        return result

    def table(self):
        count = len(self.tables)
        name = THINGS[count % len(THINGS)]
        if count >= len(THINGS):
            name += "_" + PARTS[count // len(THINGS) % len(PARTS)]
        if count >= len(THINGS) * len(PARTS):
            name += f"_{count}"
        self.tables.append(Table(name))
        return f"Create_{name}", [
            f"CREATE TABLE {name} (\n    id INT UNSIGNED NOT NULL AUTO_INCREMENT,\n    name VARCHAR(100) NOT NULL,\n"
            "    parent_id INT UNSIGNED NULL,\n    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,\n"
            f"    PRIMARY KEY (id),\n    KEY ix_{name}_name (name)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
        ]

    def new_column(self) -> tuple[Table, str, str]:
        table = self.random.choice(self.tables)
        column, kind = self.random.choice(COLUMNS)
        column = f"{column}_{len(table.columns)}"
        table.columns.append(column)
        return table, column, kind

    def column(self):
        table, column, kind = self.new_column()
        return f"Add_{column}_To_{table.name}", [f"ALTER TABLE {table.name} ADD COLUMN {column} {kind}"]

    def column_with_data(self):
        table, column, _ = self.new_column()
        return f"Add_And_Fill_{column}", [
            f"ALTER TABLE {table.name} ADD COLUMN {column} VARCHAR(120) NULL",
            f"UPDATE {table.name} SET {column} = CONCAT(name, ' (', id, ')')",
            f"ALTER TABLE {table.name} MODIFY COLUMN {column} VARCHAR(150) NULL",
        ]

    def index(self):
        table = self.random.choice(self.tables)
        self.indexes += 1
        return f"Index_{table.name}", [
            f"CREATE INDEX ix_{table.name}_{self.indexes} ON {table.name} (created_at, name)"
        ]

    def foreign_key(self):
        table, parent = self.random.sample(self.tables, 2)
        self.keys += 1
        column = f"{parent.name}_id_{self.keys}"
        return f"FK_{table.name}_{parent.name}", [
            f"ALTER TABLE {table.name}\n    ADD COLUMN {column} INT UNSIGNED NULL,\n"
            f"    ADD CONSTRAINT fk_{self.keys} FOREIGN KEY ({column}) REFERENCES {parent.name} (id)"
        ]

    def insert(self):
        table = self.random.choice(self.tables)
        rows = ",\n".join(
            f"    ('{table.name} {self.random.randrange(10**6)}; it''s new')"
            for _ in range(self.random.randint(1, 20))
        )
        return f"Insert_{table.name}", [f"INSERT INTO {table.name} (name) VALUES\n{rows}"]

    def update(self):
        table = self.random.choice(self.tables)
        modulus = self.random.randint(2, 9)
        return f"Correct_{table.name}", [
            f"UPDATE {table.name} SET name = CONCAT(name, '*') WHERE id % {modulus} = 0",
            f"DELETE FROM {table.name} WHERE id % {modulus + 20} = 1",
        ]

    def view(self):
        table = self.random.choice(self.tables)
        return f"View_{table.name}", [
            f"CREATE OR REPLACE VIEW v_{table.name} AS\nSELECT id, name, created_at FROM {table.name} WHERE id > 0"
        ]

    def routine(self):
        table = self.random.choice(self.tables)
        return f"Routine_{table.name}", [
            f"DROP PROCEDURE IF EXISTS p_{table.name}",
            Statement(
                f"CREATE PROCEDURE p_{table.name}(IN wanted INT UNSIGNED)\nBEGIN\n    DECLARE found INT DEFAULT 0;\n"
                f"    SELECT COUNT(*) INTO found FROM {table.name} WHERE id = wanted;\n    IF found = 0 THEN\n"
                f"        INSERT INTO {table.name} (name) VALUES ('made; on demand');\n    END IF;\nEND",
                is_compound=True),
        ]
