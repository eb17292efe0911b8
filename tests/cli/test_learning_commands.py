"""goals, activities, toolkit, review and portfolio, as a person types them."""

import csv
import json
from pathlib import Path

import pytest
from icalendar import Calendar

from desktop.cli.toolkit import as_csv
from desktop.learning import balance, days
from desktop.library.opening import open_library
from desktop.paths import Paths, of_this_user
from desktop.settings import Settings
from tests.cli.conftest import Run


def test_goals_are_made_and_listed(run: Run) -> None:
    assert "No goal yet" in run("goals")
    assert run("goals", "add", "Data analysis", "--to", "3", "--by", "2027-03-31", "--tag", "work/sql")
    shown = run("goals")
    (row,) = json.loads(run("goals", "--json"))

    assert "2027-03-31  Data analysis  heard of it → can do alone" in shown
    assert (row["skill"], row["level_to"]) == ("Data analysis", 3)
    assert "already" in run("goals", "add", "data ANALYSIS", status=1)
    assert "not a day" in run("goals", "add", "SQL", "--by", "soon", status=1)
    assert "below the level" in run("goals", "add", "SQL", "--from", "3", "--to", "1", status=1)
    run("goals", "add", "SQL", "--by", "+7")
    by = (days.today() + days.WEEK).isoformat()
    assert {one["by_date"] for one in json.loads(run("goals", "--json"))} == {"2027-03-31", by}


def test_an_activity_is_planned_with_its_units_and_goes_out_and_in(run: Run, tmp_path: Path) -> None:
    run("goals", "add", "Data analysis")
    outline = tmp_path / "outline.txt"
    outline.write_text("".join(f"{number}. Unit {number} (12:30)\n" for number in range(1, 41)), "utf-8")
    said = run(
        *(
            "activities",
            "add",
            "course",
            "Statistics",
            "--begins",
            "2027-01-11 09:00",
            "--zone",
            "Europe/Berlin",
        ),
        *("--goal", "data analysis", "--outline", str(outline)),
    )
    run("activities", "calendar", str(tmp_path / "plan.ics"))
    parsed = Calendar.from_ical((tmp_path / "plan.ics").read_bytes())

    assert "40 units added" in said
    assert "0 of 40 units" in run("activities")
    assert [str(one["summary"]) for one in parsed.walk("VEVENT")] == ["Statistics"]
    assert "Nothing new" in run("activities", "import", str(tmp_path / "plan.ics"))
    assert "there already" in run("activities", "calendar", str(tmp_path / "plan.ics"), status=1)
    assert "no goal" in run("activities", "add", "book", "SQL", "--goal", "cooking", status=1)
    assert "There is no file" in run("activities", "import", str(tmp_path / "other.ics"), status=1)


def test_tools_are_kept_and_written_as_a_table(run: Run, tmp_path: Path) -> None:
    assert "No tool yet" in run("toolkit")
    run("toolkit", "add", "DuckDB", "Joins | over large files", "--level", "2", "--verdict", "keep")
    run("toolkit", "add", "=cmd()", "--review", "tomorrow")
    assert "already" in run("toolkit", "add", "DUCKDB", status=1)
    run("toolkit", "table", str(tmp_path / "tools.csv"))
    run("toolkit", "table", str(tmp_path / "tools.md"))
    rows = list(csv.reader((tmp_path / "tools.csv").read_text("utf-8").splitlines()))

    assert "DuckDB  Joins | over large files  can do with help  keep" in run("toolkit")
    assert [row[0] for row in rows] == ["name", "'=cmd()", "DuckDB"]
    assert "| DuckDB | Joins \\| over large files |" in (tmp_path / "tools.md").read_text("utf-8")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", " =1", "\ufeff=1", "\uff1d1"])
def test_no_cell_of_the_table_is_a_formula(cell: str) -> None:
    table = as_csv([["a", cell, ""]]).splitlines(keepends=True)
    assert list(csv.reader(table)) == [["a", f"'{cell}", ""]]


def test_the_review_is_shown_and_finished(run: Run) -> None:
    assert "No review finished yet" in run("review")
    assert "Inbox to zero" in run("review")
    run("review", "add", "A good week")

    assert "A good week" in run("review")
    assert json.loads(run("review", "--json"))[0]["closing"] == "A good week"


def test_a_portfolio_is_written_in_each_form(run: Run, tmp_path: Path) -> None:
    run("goals", "add", "Data analysis", "--why", "To check our numbers")
    for form in ("html", "docx", "md", "json"):
        assert run("portfolio", "data analysis", str(tmp_path / f"p.{form}"), "--name", "Mira")
        assert (tmp_path / f"p.{form}").stat().st_size > 100
    Settings.load(of_this_user()).set("my_name", "Ada King")
    run("portfolio", "data analysis", str(tmp_path / "named.md"))
    assert "Ada King" in (tmp_path / "named.md").read_text("utf-8")
    with open_library(of_this_user(), write=False) as library:
        assert [one.act for one in balance.acts(library.reader, "share")] == ["wrote a portfolio"] * 5

    assert "To check our numbers" in (tmp_path / "p.html").read_text("utf-8")
    assert run("portfolio", "1", str(tmp_path / "q"), "--format", "md")
    assert "the form “txt”" in run("portfolio", "1", str(tmp_path / "q.txt"), status=1)
    assert "no goal" in run("portfolio", "cooking", str(tmp_path / "q.md"), status=1)


def test_while_the_window_is_open_it_is_read_but_not_written(run: Run, paths: Paths) -> None:
    run("goals", "add", "Data analysis")
    with open_library(paths, write=True):
        assert "Data analysis" in run("goals")
        assert "window" in run("goals", "add", "SQL", status=1)
