"""A report of one page: counts as tables with bars. No script runs in it, and nothing is fetched."""

from typing import Final

from jinja2 import Environment

from kg.statistics.gather import Statistics

MOST: Final = 25
"""Rows of a table on the page."""

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

TEMPLATE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b;
  background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.05rem; margin: 0 0 .4rem }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2rem } dt { color: #555 } dd { margin: 0; font-size: 1.4rem }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 2rem }
table { border-collapse: collapse; width: 100% } td { padding: .1rem .4rem; vertical-align: top }
td + td { text-align: right; width: 4rem } meter { width: 6rem }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #181818 } dt { color: #aaa } }
</style>
<h1>{{ title }}</h1>
{% if found.first %}<p>Articles from {{ found.first }} to {{ found.last }}.</p>{% endif %}
<dl>
{% for name, count in [("triples", found.triples)] + found.totals|items|list %}
<div><dt>{{ name }}</dt><dd>{{ "{:,}".format(count) }}</dd></div>
{% endfor %}
</dl>
<main>
{% for name, rows in found.breakdowns|items %}
<section>
<h2>{{ name }}</h2>
<table>
{% for value, count in rows[:most] %}
<tr><td>{{ value }}</td><td>{{ "{:,}".format(count) }}</td>
<td><meter min="0" max="{{ rows|map(attribute=1)|max }}" value="{{ count }}">{{ count }}</meter></td></tr>
{% endfor %}
</table>
{% if rows|length > most %}<p>and {{ rows|length - most }} more</p>{% endif %}
</section>
{% endfor %}
</main>
</html>
"""


def page(found: Statistics, *, title: str = "What this graph holds") -> str:
    """Return the report as HTML; whatever articles say in it is escaped. Raises nothing."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE).render(found=found, title=title, most=MOST, policy=POLICY)
