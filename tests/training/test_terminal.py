"""Training in the terminal: the wizard's own questions, graded by the same rules, with nothing left behind."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ccinc_wizard.content.scenarios import scenario_folder
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.policies import Policies
from ccinc_wizard.services import Paths, Services
from ccinc_wizard.terminal_training import STOP, CountingConsole, Training

IDS = [path.stem.partition("-")[2] for path in sorted(scenario_folder().glob("*.toml"))]
Run = Callable[..., tuple[int, str, str]]


def perfect_lines(scenario: Scenario) -> list[str]:
    """What a perfect trainee types, a line for each question."""
    right = scenario.right
    lines = [right.situation.value, scenario.person.name]
    lines += [scenario.person.number] if right.number == "asked" else []
    lines += [right.role.value, right.authority]
    if not right.referral:
        lines += [right.authority_name or "", "yes" if right.label_due else "no", right.module]
        lines += [] if right.situation == "form" else ["yes"]
    return lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path) -> Run:
    def played(
        lines: Iterable[str],
        scenario_id: str | None = None,
        exam: int | None = None,
        seed: int | None = None,
        language: str = "nl",
        **settings: str,
    ) -> tuple[int, str, str]:
        services = Services(Paths.choose(folder), language=language)
        if settings:
            services.remember(**settings)
        answers, results, talk = io.StringIO("".join(f"{line}\n" for line in lines)), io.StringIO(), io.StringIO()
        ticks = iter(range(0, 10_000, 7))
        training = Training(services, CountingConsole(answers, results, talk), clock=lambda: float(next(ticks)))
        code = training.run(scenario_id, exam, seed)
        assert services.mode is Mode.TRAINING
        return code, results.getvalue(), talk.getvalue()

    return played


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_perfect_trainee_scores_full_marks(run: Run, scenarios: dict[str, Scenario], scenario_id: str) -> None:
    scenario = scenarios[scenario_id]
    lines = perfect_lines(scenario)
    code, results, talk = run(lines, scenario_id)
    assert code == 0, talk
    assert "Score: 100 op 100" in results
    assert scenario.words["nl"].why in results
    assert scenario.words["nl"].said in talk
    assert talk.startswith("OEFENMODUS")
    assert "Tijd: 7 seconden" in results
    assert f"Toetsen: {sum(len(line) + 1 for line in lines)}" in results


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_mistake_is_explained_in_the_language(run: Run, scenarios: dict[str, Scenario], language: str) -> None:
    scenario = scenarios["allebei"]
    lines = ["raadpleger" if line == "invoerder" else line for line in perfect_lines(scenario)]
    code, results, _ = run(lines, "allebei", language=language)
    assert code == 0
    assert scenario.words[language].mistakes["raadpleger"] in results
    assert "100 " not in results.split(":")[1]


def test_what_is_asked_is_not_told_before(run: Run, scenarios: dict[str, Scenario]) -> None:
    _, results, talk = run(perfect_lines(scenarios["allebei"]), "allebei")
    before = talk.partition("Voor welke module")[0]
    assert "Goed om te weten" in talk
    assert "Goed om te weten" not in before
    assert "Score: 100 op 100" in results


def test_an_input_that_ends_before_label_and_module_leaves_them_open(run: Run, scenarios: dict[str, Scenario]) -> None:
    code, results, _ = run(perfect_lines(scenarios["allebei"])[:-2], "allebei")
    assert code == 0
    assert "Label nodig: Niet ingevuld" in results
    assert "Module: Niet ingevuld" in results
    assert "Score: 75 op 100" in results


def test_a_slip_in_typing_a_choice_is_asked_again(run: Run, scenarios: dict[str, Scenario]) -> None:
    lines = perfect_lines(scenarios["allebei"])
    code, results, talk = run([*lines[:-2], "misschien", *lines[-2:]], "allebei")
    assert code == 0
    assert "Typ een nummer van 1 tot 2" in talk
    assert "Score: 100 op 100" in results


def test_a_number_heard_wrong_is_refused_and_read_again(run: Run, scenarios: dict[str, Scenario]) -> None:
    scenario = scenarios["tikfout"]
    lines = perfect_lines(scenario)
    lines.insert(2, scenario.person.number_heard or "")
    code, results, talk = run(lines, "tikfout")
    assert code == 0
    assert "Score: 100 op 100" in results
    before, _, after = talk.partition("controlecijfers kloppen niet")
    assert scenario.person.number not in before
    assert scenario.person.number in after


def test_a_second_role_is_held_back_by_the_wizard_itself(run: Run, scenarios: dict[str, Scenario]) -> None:
    lines = ["raadpleger" if line == "invoerder" else line for line in perfect_lines(scenarios["heeft-al-een-rol"])]
    code, results, talk = run([*lines[:-1], "+", lines[-1]], "heeft-al-een-rol")
    assert code == 0, talk
    assert "maar één rol" in talk
    assert "Score: 100 op 100" in results


def test_an_exam_can_be_repeated_and_shows_no_title_before_the_end(run: Run, scenarios: dict[str, Scenario]) -> None:
    from ccinc_wizard.domain.training.exam import draw

    drawn = draw(scenarios.values(), 11, 4)
    lines = [line for one in drawn for line in perfect_lines(one)]
    code, results, talk = run(lines, exam=4, seed=11)
    assert code == 0
    assert "Uw score over het hele examen: 100 op 100" in results
    assert all(one.words["nl"].title in results and one.words["nl"].title not in talk for one in drawn)
    assert all(one.words["nl"].why not in talk for one in drawn)
    assert run([], exam=0)[0] == 1


def test_an_unknown_scenario_is_answered_with_the_list(run: Run) -> None:
    code, results, talk = run([], "bestaat-niet")
    assert code == 1
    assert results == ""
    assert all(scenario_id in talk for scenario_id in IDS)


def test_an_input_that_ends_too_soon_ends_in_words(run: Run) -> None:
    code, _, talk = run(["manual", "Joris Oefenmans"], "gewone-aanvraag")
    assert code == 1
    assert "hield op" in talk


def test_by_choice_one_after_another(run: Run, scenarios: dict[str, Scenario]) -> None:
    first, second = (perfect_lines(scenarios[one]) for one in IDS[:2])
    code, results, _ = run(["", *first, "", *second, "onzin", STOP])
    assert code == 0
    assert results.count("Score: 100 op 100") == 2


def test_a_trainers_broken_file_is_told_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "eigen"
    own.mkdir()
    (own / "stuk.toml").write_text('id = "stuk"\nchannel = "fax"\n', encoding="utf-8")
    code, _, talk = run([STOP], scenario_folder=str(own))
    assert code == 0
    assert "stuk.toml, regel" in talk


def test_the_organisations_scenarios_win_over_the_trainers(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("organisatie", "trainer"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.toml").write_text("stuk", encoding="utf-8")
    laid_down = Policies(scenario_folder=str(tmp_path / "organisatie"))
    monkeypatch.setattr("ccinc_wizard.services._policies", lambda: laid_down)
    _, _, talk = run([STOP], scenario_folder=str(tmp_path / "trainer"))
    assert "organisatie.toml" in talk
    assert "trainer.toml" not in talk


def test_nothing_is_logged_drafted_or_kept(run: Run, scenarios: dict[str, Scenario], folder: Path) -> None:
    run(perfect_lines(scenarios["gewone-aanvraag"]), "gewone-aanvraag")
    run(["manual", "Joris Oefenmans"], "gewone-aanvraag")
    assert list(folder.rglob("*")) == []
