"""`digest init`: a commented digest.toml to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digest.errors import ConfigError

TEXT = """# A newsletter. Every key, with what it does: docs/configuration.md
# What is commented out is optional; the value shown is the default or an example.

[newsletter]
name = {name}
language = "en"                 # of the newsletter's own words: en, de, fr, it, es, pt, nl, ar, he
# timezone = "Europe/Zurich"    # unset: the machine's
# base_url = "https://news.example.org"
corrections = {corrections}     # where readers report errors: an address, or a form's URL
# from = "digest@example.org"
# reply_to = "editor@example.org"
# postal_address = "1 Example Street, Example Town"
# note = "A word to the readers, at the top of every issue."
# why = "You get this because you signed up at example.org."
# preferences = "https://news.example.org/preferences"
# unsubscribe = "https://news.example.org/leave"
max_stories = 30                # the best ranked; what is left out is named, with the reason
# time = "07:00"                # when an issue is due; digest schedule prints what starts it
# grace = 3.0                   # hours after which digest run waits for --late
# approve = "auto"              # digest run publishes; unset, it leaves a draft for digest publish
# window = 36                   # hours; unset: what came since the last issue

# One [[source]] for each folder of articles: feeds, saved pages, page text, Markdown, mails. Feeds on the web:
# digest sources add https://paper.example.org, or digest sources import feeds.opml
[[source]]
name = "articles"
use = "folder"
path = "articles"
# pattern = "*.xml"
# publisher = "The Example Post"
# section = "business"
# language = "en"
# weight = 1.0
# contact = "corrections@example.org"
# summary = {{ algorithm = "none" }}    # this publisher allows a headline only

# Sections of your own, or changes to built-in ones; the order here is the order in the issue.
# [[section]]
# title = "Foreign Affairs"
# slug = "foreign-affairs"
# labels = ["World", "Ausland"]
# keywords = ["embassy", "treaty"]
# weight = 1.0
# max_stories = 8

[summary]
sentences = 2
lead_sentences = 3
# characters = 400
# algorithm = "forward"         # or lead, lexrank, sumy:lexrank, none, …

[rank]
half_life = 12.0                # hours after which a story's freshness is halved

# What the newsletter is for, or, with a weight below 0, against.
# [[interest]]
# terms = ["ferry", "Grey Heron", "hydro*"]
# weight = 1.0

# [theme]
# templates = "templates"       # after: digest templates copy templates

# [deliver]
# web = "public"                # a static web site of all issues
# folder = "issues"             # each issue's files, below its date
# smtp = "mail.example.org"     # what digest send hands messages to; see docs/sending.md
# smtp_user = "desk"            # the password: DIGEST_SMTP_PASSWORD in the environment
# recipients = "readers.txt"    # one address a line

# [archive]
# url = "sqlite:///digest.sqlite"
# keep = 30                     # days for which what sources gave is kept, so that it can be read again

# What an editor decides about one article (pin it, drop it, move it, another headline, other sentences, a note)
# stands beside this file, in edits.toml; see docs/editing.md.
"""


@click.command("init")
@click.argument("path", type=click.Path(path_type=Path), default=Path("digest.toml"), required=False)
@click.option("--name", default="My Morning", show_default=True, help="What the newsletter is called.")
@click.option("--corrections", default="", metavar="ADDRESS|URL", help="Where readers report errors.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def command(path: Path, name: str, corrections: str, force: bool) -> None:
    """Write a commented digest.toml, and the folder of articles that it reads."""
    if path.is_dir():
        path = path / "digest.toml"
    text = TEXT.format(name=json.dumps(name, ensure_ascii=False), corrections=json.dumps(corrections))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
        (path.parent / "articles").mkdir(exist_ok=True)
    except FileExistsError as error:
        raise ConfigError(f"{path}: is there already; name another file, or write over it with --force") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; name a folder that may be written") from error
    click.echo(
        f"wrote {path}; put articles into {path.parent / 'articles'}/, or follow a site with digest sources add URL, "
        "and run digest build"
    )
