"""The eight form addresses as the official page prints them: the tests' own table, apart from the catalog."""

from __future__ import annotations

_FORM = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?dg="

EXPECTED_LINKS: dict[tuple[str, str], str] = {
    ("vlaamse-gemeente", "invoerder"): _FORM + "LB&ec=CJM_Cultuurmonitor_LB_CompEnt_Invoerder",
    ("vlaamse-gemeente", "raadpleger"): _FORM + "LB&ec=CJM_Cultuurmonitor_LB_CompEnt_Raadpleger",
    ("brusselse-gemeente", "invoerder"): _FORM + "EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Invoerder_Gemeente",
    ("brusselse-gemeente", "raadpleger"): _FORM + "EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Raadpleger_Gemeente",
    ("agb", "invoerder"): _FORM + "LB&ec=CJM_Cultuurmonitor_LB_CompEnt_Invoerder_AGB",
    ("agb", "raadpleger"): _FORM + "LB&ec=CJM_Cultuurmonitor_LB_CompEnt_Raadpleger_AGB",
    ("economische-actor", "invoerder"): _FORM + "EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Invoerder",
    ("economische-actor", "raadpleger"): _FORM + "EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Raadpleger",
}
