"""The words in which the chapters tell the history. Each call is one modification, in order.

A light model of the schema is kept on the way: a table or a column that is not there, or that is there
already, stops the generator at the line that names it. What a statement may do beyond that, the servers tell.
"""

import pathlib
import re
import textwrap

from people import PEOPLE, Hand, spell


class Entry:
    def __init__(self, kind, name, why, body, raw, **options):
        self.kind, self.name, self.why, self.body, self.raw, self.options = kind, name, why, body, raw, options


class Chapter:
    def __init__(self, start, end):
        self.start, self.end, self.entries = start, end, []


chapters = []
tables = {}


def chapter(start, end):
    chapters.append(Chapter(start, end))


def entry(kind, name, why, body, raw=False, **options):
    chapters[-1].entries.append(Entry(kind, name, why, body, raw, **options))


# The model ------------------------------------------------------------------------------------

def learn(sql):
    """Reads what hand-written SQL does to tables and columns, statement by statement."""
    for statement in re.split(r";[ \t]*(?:\n|$)", sql):
        statement = re.sub(r"^(--.*\n|\s+)+", "", statement)
        learn_statement(statement)


def learn_statement(statement):
    if match := re.match(r"CREATE TABLE (\w+) \((.*)\n\)", statement, re.S):
        words = re.findall(r"^\s+(\w+)\s", match[2], re.M)
        tables[match[1]] = {w for w in words if w not in ("PRIMARY", "UNIQUE", "KEY", "CONSTRAINT", "FULLTEXT", "CHECK")}
    elif match := re.match(r"CREATE TABLE (\w+) LIKE (\w+)$", statement):
        need(match[2])
        tables[match[1]] = set(tables[match[2]])
    elif match := re.match(r"ALTER TABLE (\w+)(.*)", statement, re.S):
        table, rest = match[1], match[2]
        need(table)
        for column in re.findall(r"ADD COLUMN (\w+)", rest):
            gain(table, column)
        for column in re.findall(r"DROP COLUMN (\w+)", rest):
            need(table, column)
            tables[table].discard(column)
        for old, new in re.findall(r"(?:RENAME|CHANGE) COLUMN (\w+) (?:TO )?(\w+)", rest):
            need(table, old)
            tables[table].discard(old)
            tables[table].add(new)
    elif match := re.match(r"DROP TABLE (\w+)$", statement):
        need(match[1])
        del tables[match[1]]
    elif match := re.match(r"RENAME TABLE (.*)", statement, re.S):
        for old, new in re.findall(r"(\w+) TO (\w+)", match[1]):
            need(old)
            tables[new] = tables.pop(old)


def need(table, *columns):
    if table not in tables:
        raise SystemExit(f"no table {table}")
    for column in columns:
        if column not in tables[table]:
            raise SystemExit(f"no column {table}.{column}")


def gain(table, column):
    need(table)
    if column in tables[table]:
        raise SystemExit(f"{table}.{column} is there already")
    tables[table].add(column)


# The words ------------------------------------------------------------------------------------

def split(definition):
    name, rest = definition.strip().split(None, 1)
    return name, " ".join(rest.split())


def names(text):
    return [n.strip() for n in text.split(",")]


def marked(text):
    return ", ".join(f"‹{n}›" if " " not in n else f"‹{n.split()[0]}› {n.split()[1]}" for n in names(text))


def add(table, definitions, why="", after=None, name=None):
    """ADD COLUMN; several definitions are separated by `;`."""
    clauses = []
    for definition in definitions.split(";"):
        column, rest = split(definition)
        gain(table, column)
        place = f" AFTER ‹{after}›" if after else ""
        clauses.append(f"ADD COLUMN ‹{column}› {rest}{place}")
        after = column if after else None
    column = split(definitions.split(";")[0])[0]
    join = ",\n    ".join(clauses)
    gap = "\n    " if len(clauses) > 1 or len(join) > 70 else " "
    entry("add column", name or ("add", table, column), why, f"ALTER TABLE ‹{table}›{gap}{join};\n")


def mod(table, definition, why="", name=None):
    column, rest = split(definition)
    need(table, column)
    kind = "enum change" if rest.startswith("ENUM") else "column type"
    entry(kind, name or ("mod", table, column), why, f"ALTER TABLE ‹{table}› MODIFY COLUMN ‹{column}› {rest};\n")


def ren(table, old, new, why="", name=None):
    need(table, old)
    tables[table].discard(old)
    gain(table, new)
    entry("rename", name or ("ren", table, old), why, f"ALTER TABLE ‹{table}› RENAME COLUMN ‹{old}› TO ‹{new}›;\n")


def drop(table, columns, why="", name=None):
    for column in names(columns):
        need(table, column)
        tables[table].discard(column)
    clauses = ",\n    ".join(f"DROP COLUMN ‹{c}›" for c in names(columns))
    gap = "\n    " if "," in columns else " "
    entry("drop", name or ("drop", table, names(columns)[0]), why, f"ALTER TABLE ‹{table}›{gap}{clauses};\n")


def droptable(table, why="", name=None):
    need(table)
    del tables[table]
    entry("drop", name or ("droptable", table, ""), why, f"DROP TABLE ‹{table}›;\n")


def index(table, columns, why="", unique=False, name=None, key=None):
    need(table, *[c.split()[0].split("(")[0] for c in names(columns)])
    short = "".join(c.split()[0] for c in names(columns)[:2])
    key = key or f"{'UK' if unique else 'IX'}_{table}_{short}"
    word = "UNIQUE INDEX" if unique else "INDEX"
    how = len(columns) % 2
    if how:
        body = f"CREATE {word} ‹{key}› ON ‹{table}› ({marked(columns)});\n"
    else:
        body = f"ALTER TABLE ‹{table}› ADD {word} ‹{key}› ({marked(columns)});\n"
    entry("index", name or ("index", table, short), why, body)


def fk(table, column, parent, why="", parent_column=None, on="", name=None):
    need(table, column)
    need(parent, parent_column or parent + "Id")
    role = "" if column == parent + "Id" else "_" + re.sub(r"Id$", "", column)
    rule = f" {on}" if on else ""
    entry("foreign key", name or ("fk", table, parent + role.replace("_", "")), why,
          f"ALTER TABLE ‹{table}›\n    ADD CONSTRAINT ‹FK_{table}_{parent}{role}› FOREIGN KEY (‹{column}›)\n"
          f"        REFERENCES ‹{parent}› (‹{parent_column or parent + 'Id'}›){rule};\n")


def check(table, key, condition, why="", name=None):
    need(table)
    entry("check", name or ("check", table, key), why,
          f"ALTER TABLE ‹{table}› ADD CONSTRAINT ‹CK_{table}_{key}› CHECK ({condition});\n")


def create(table, columns, why="", keys="", name=None):
    """CREATE TABLE; `columns` and `keys` one to a line. `Id!` is the usual surrogate key."""
    if table in tables:
        raise SystemExit(f"{table} is there already")
    rows = []
    for line in columns.strip().splitlines():
        column, rest = split(line)
        if column == "Id!":
            rows.append((f"{table}Id", f"{rest} NOT NULL AUTO_INCREMENT"))
            keys = f"PRIMARY KEY ({table}Id)\n" + keys.lstrip("\n")
        else:
            rows.append((column, rest))
    tables[table] = {r[0] for r in rows}
    width = max(len(r[0]) for r in rows)
    lines = [f"‹{c}›{' ' * (width - len(c))} {rest}" for c, rest in rows]
    for key in keys.strip().splitlines():
        key = key.strip()
        parent = re.match(r"(\w+) -> (\w+)(?:\.(\w+))?(?: (.*))?$", key)
        if parent:
            column, to, to_column, rule = parent.groups()
            need(to, to_column or to + "Id")
            role = "" if column == to + "Id" or column == to_column else "_" + re.sub(r"Id$", "", column)
            lines.append(f"CONSTRAINT ‹FK_{table}_{to}{role}› FOREIGN KEY (‹{column}›) "
                         f"REFERENCES ‹{to}› (‹{to_column or to + 'Id'}›){' ' + rule if rule else ''}")
        else:
            lines.append(re.sub(r"\(([\w, ]+)\)$", lambda m: f"({marked(m[1])})", re.sub(r"KEY (\w+) \(", r"KEY ‹\1› (", key)))
    body = ",\n    ".join(lines)
    entry("create table", name or ("create", table, ""), why, f"CREATE TABLE ‹{table}› (\n    {body}\n)<ENGINE>;\n")


def ins(table, columns, rows, why="", name=None):
    need(table, *names(columns))
    body = ",\n    ".join(line.strip().rstrip(",") for line in rows.strip().splitlines())
    entry("reference data", name or ("ins", table, ""), why,
          f"INSERT INTO ‹{table}› ({marked(columns)}) VALUES\n    {body};\n")


def sql(name, why, body, kind=None, **options):
    """Written by hand, kept to the letter."""
    body = textwrap.dedent(body).strip("\n") + "\n"
    learn(body)
    entry(kind or guess(body), name, why, body, raw=True, **options)


def guess(body):
    code = re.sub(r"^--.*$|^#.*$", "", body, flags=re.M)
    for kind, pattern in (("trigger", r"CREATE TRIGGER"), ("routine", r"CREATE (PROCEDURE|FUNCTION)"), ("event", r"CREATE EVENT"),
                          ("view", r"CREATE (OR REPLACE )?(SQL SECURITY INVOKER )?VIEW"), ("grant", r"^(GRANT|REVOKE|CREATE USER)"),
                          ("prepared statement", r"^PREPARE"), ("create table", r"^CREATE TABLE"),
                          ("data migration", r"^(UPDATE|DELETE|INSERT)"), ("foreign key", r"FOREIGN KEY"),
                          ("alter", r"^ALTER"), ("rename", r"^RENAME")):
        if re.search(pattern, code, re.M):
            return kind
    return "other"


# Files ----------------------------------------------------------------------------------------

NAMES = {
    "add": ["Add_{c}_To_{t}", "{t}_Add_{c}", "Alter_{t}_{c}", "{t}_{c}", "Add{c}To{t}", "{t}_New_Column_{c}"],
    "mod": ["Alter_{t}_{c}", "{t}_{c}_Type", "Change_{c}_In_{t}", "{t}_Modify_{c}"],
    "ren": ["Rename_{t}_{c}", "{t}_Rename_{c}"],
    "drop": ["Drop_{t}_{c}", "Remove_{c}_From_{t}", "{t}_Drop_{c}"],
    "droptable": ["Drop_Table_{t}", "Drop_{t}", "Remove_{t}"],
    "index": ["Index_{t}_{c}", "{t}_Index_On_{c}", "Add_Index_{t}_{c}", "IX_{t}_{c}"],
    "fk": ["FK_{t}_{c}", "Add_FK_{t}_{c}", "{t}_ForeignKey_{c}"],
    "check": ["Check_{t}_{c}", "{t}_{c}_Check", "Constraint_{t}_{c}"],
    "create": ["Create_Table_{t}", "{t}_Table", "New_Table_{t}", "Create_{t}", "{t}"],
    "ins": ["Insert_{t}", "{t}_Data", "More_{t}_Rows", "Fill_{t}"],
}


def file_name(entry, author, random, taken):
    if isinstance(entry.name, str):
        return entry.name
    what, table, column = entry.name
    choices = NAMES[what]
    habit = list(PEOPLE).index(author)
    pick = choices[habit % len(choices)] if random.random() < 0.6 else random.choice(choices)
    name = pick.format(t=table, c=column)
    while name in taken:
        name = name + "_2" if not name[-1].isdigit() else name[:-1] + str(int(name[-1]) + 1)
    return name


def write(directory):
    """Writes the numbered files and returns how many there are of each kind."""
    hand = Hand(8485)
    number, counts, taken = 0, {}, set()
    for path in sorted(pathlib.Path(directory).glob("*.sql")):
        path.unlink()
    for part in chapters:
        for one, date in zip(part.entries, hand.working_days(part.start, part.end, len(part.entries))):
            number += 1
            author = hand.next_author(date, one.raw)
            name = file_name(one, author, hand.random, taken)
            taken.add(name)
            text = hand.head(author, date, one.why, one.body) + (one.body if one.raw else spell(one.body, author))
            if one.options.get("no_newline"):
                text = text.rstrip("\n")
            if one.options.get("crlf"):
                text = text.replace("\n", "\r\n")
            data = text.encode("utf-8-sig" if one.options.get("bom") else "utf-8")
            pathlib.Path(directory, f"{number:03d}.{name}.sql").write_bytes(data)
            counts[one.kind] = counts.get(one.kind, 0) + 1
    return number, counts
