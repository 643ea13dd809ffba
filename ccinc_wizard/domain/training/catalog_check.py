"""What a scenario must agree on with the catalog, and with the rules that the wizard itself goes by."""

from __future__ import annotations

from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.findings import Circumstances, Finding, Severity
from ccinc_wizard.domain.municipalities import Municipalities, normalise
from ccinc_wizard.domain.rules import evaluate
from ccinc_wizard.domain.terms import Mode, NoChoice
from ccinc_wizard.domain.training.scenario import Scenario, ScenarioError
from ccinc_wizard.domain.training.terms import REFERENCE_DAY, Fault, Question


class RuleError(ScenarioError):
    """The wizard would object to the answers that the file calls right."""

    def __init__(self, finding: Finding) -> None:
        field = finding.about if finding.about in ("situation", "role", "authority", "authority_name") else ""
        where = {"applicant_name": ("person", "name"), "register_number": ("person", "number")}
        super().__init__(where.get(finding.about, ("right", field) if field else ("right",)), Fault.RULE)
        self.finding = finding


def check_beside(scenario: Scenario, catalog: Catalog, municipalities: Municipalities) -> None:
    """Check the right answers by the facts and the rules. Raises ScenarioError."""
    right, known = scenario.right, {authority.id for authority in catalog.authorities}
    if right.authority not in known | set(NoChoice):
        raise ScenarioError(("right", "authority"), Fault.AUTHORITY_UNKNOWN, authority=right.authority)
    for index, mistake in enumerate(scenario.mistakes):
        for answer in mistake.answers if mistake.question is Question.AUTHORITY else ():
            if answer not in known | set(NoChoice):
                raise ScenarioError(("mistakes", index, "answers"), Fault.AUTHORITY_UNKNOWN, authority=answer)
    if normalise(right.module) != normalise(catalog.names.module):
        raise ScenarioError(("right", "module"), Fault.MODULE_WRONG, module=catalog.names.module)
    if not right.referral:
        due = catalog.label_due(right.authority)
        if right.label_due is not due:
            raise ScenarioError(("right", "label_due"), Fault.LABEL_WRONG, label=catalog.label.name)
    around = Circumstances(REFERENCE_DAY, catalog, municipalities, Mode.TRAINING, scenario.earlier_requests())
    for finding in evaluate(scenario.right_answers(), around):
        if finding.severity is not Severity.NOTICE:
            raise RuleError(finding)
