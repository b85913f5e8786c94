"""Who wrote the modifications, when, and in which hand."""

import datetime
import random
import re
import textwrap

# initials -> (from, to, head style, lower case keywords, backticks, closing ENGINE clause)
PEOPLE = {
    "RM": ("2013-01", "2017-06", "dash", False, False, " ENGINE = InnoDB"),
    "tk": ("2013-06", "2016-12", "hash", True, False, " engine=innodb"),
    "PB": ("2014-09", "2021-03", "block", False, False, " ENGINE = InnoDB"),
    "JS": ("2017-02", "2024-12", "ticket", False, True, ""),
    "AD": ("2019-01", "2024-12", "box", False, False, ""),
    "ml": ("2021-01", "2024-12", "bare", False, False, " ENGINE = InnoDB"),
}


def month(date):
    return f"{date:%Y-%m}"


class Hand:
    """Gives every entry an author and a date; the same entries always get the same ones."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.author = "RM"
        self.ticket = 310

    def working_days(self, start, end, count):
        """`count` dates in order; releases come in bursts of a few files on one day."""
        first = datetime.date.fromisoformat(start)
        span = (datetime.date.fromisoformat(end) - first).days
        days = []
        while len(days) < count:
            day = first + datetime.timedelta(days=self.random.randint(0, span))
            if day.weekday() < 5:
                days += [day] * self.random.choice([1, 1, 1, 2, 2, 3])
        return sorted(days[:count])

    def next_author(self, date, upper_only):
        there = [p for p, (a, b, _, lower, _, _) in PEOPLE.items()
                 if a <= month(date) <= b and not (upper_only and lower)]
        if self.author not in there or self.random.random() < 0.22:
            self.author = self.random.choice(there)
        return self.author

    def head(self, author, date, why, body):
        style = PEOPLE[author][2]
        if style == "block" and body.startswith("DELIMITER"):
            # The mysql client keeps comments since 9.x, and DELIMITER counts only at a statement's start:
            # behind a comment in /* */ it would be taken for SQL.
            style = "dash"
        if style == "ticket":
            self.ticket += self.random.randint(1, 9)
        if not why:
            return "" if self.random.random() < 0.5 else f"-- {author} {date}\n\n"
        if style == "dash":
            return prefixed(f"{author} {date}: {why}", "-- ")
        if style == "hash":
            return prefixed(f"{author}: {why}", "# ")
        if style == "block":
            body = textwrap.fill(why, 92, initial_indent=" * ", subsequent_indent=" * ")
            return f"/*\n * {date:%m/%d/%Y} {author}\n{body}\n */\n\n"
        if style == "ticket":
            return prefixed(f"MAK-{self.ticket}: {why} ({author})", "-- ")
        if style == "box":
            return f"--\n-- Author: A. Duarte\n-- Date:   {date}\n" + prefixed(why, "-- ").rstrip("\n") + "\n--\n\n"
        return prefixed(why, "-- ")


def prefixed(text, mark):
    return textwrap.fill(text, 98, initial_indent=mark, subsequent_indent=mark) + "\n\n"


def spell(text, author):
    """Puts canonical SQL, in which ‹Name› marks an identifier, into the author's spelling."""
    lower, ticks, engine = PEOPLE[author][3:]
    text = text.replace("<ENGINE>", engine)
    if lower:
        parts = re.split(r"(‹[^›]*›|'(?:[^']|'')*')", text)
        text = "".join(p if p[:1] in "‹'" else p.lower() for p in parts)
    return re.sub(r"‹([^›]*)›", r"`\1`" if ticks else r"\1", text)
