"""The living situation report: the report of January 2023, written anew from the state on any day.

Pure: the same situation and language give the same bytes.
"""

from aluevahti.render.report.build import report_view
from aluevahti.render.report.output import report_json, to_html, to_json, to_markdown
from aluevahti.render.report.situation import Situation, newest_moment

__all__ = ["Situation", "newest_moment", "report_json", "report_view", "to_html", "to_json", "to_markdown"]
