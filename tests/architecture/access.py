"""Who may open which address: every URL of the project stands here once, and `test_isolation.py` knocks at every door.

Add a line for each new URL (the recipe is docs/recipes/add-a-page.md). The address is written with the rows it is
about; the test fills in the rows of four households and asks thirteen people to open it, by GET and by POST:

    "console:place": staff("/places/{place.pk}/", "estate.view"),

says: staff who hold estate.view at that place see it (200); staff of the estate without the permission are refused (403
or 404); everybody else finds nothing, in the same words as for a number that does not exist (404); a stranger is sent
to sign in. `{place.pk}` is the planted row of the model Place; any model's name in lower case will do (`{party.pk}`,
`{checkpoint.token}`). An address without a row is a list or a form: there the canaries prove that only own data shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Door:
    """One address and who may open it."""

    address: str
    to: str  # staff, resident, machine, anybody
    needs: str = ""  # permission; "" is any member of staff
    tries: tuple[str, ...] = ()  # further query strings, such as "?q=QPABR" or "?estate={estate.pk}"
    body: dict[str, Any] = field(default_factory=dict)  # what is posted, rows filled in likewise
    reveals: bool = False  # the answer holds a number in full, on record
    tells: bool = False  # who holds the address may read its row's and estate's names: they stand on the plate too
    part: bool | None = None  # may a post over a part of the estate open it? None: only if a place decides
    own: bool = False  # rows of a user: nobody in the cast owns the planted ones, so everybody gets 404
    whole: bool = False  # a post over a part of an estate finds nothing here
    company: bool = False  # the permission counts over the whole company only
    alike: bool = True  # foreign and missing are told in the same words


def staff(address: str, needs: str = "", **facts: Any) -> Door:
    """Return a door for staff who hold the permission where the rows are."""
    return Door(address, "staff", needs, **facts)


def resident(address: str, **facts: Any) -> Door:
    """Return a door for residents, to what is their own household's."""
    return Door(address, "resident", **facts)


def anybody(address: str, **facts: Any) -> Door:
    """Return a door that needs no sign-in."""
    return Door(address, "anybody", **facts)


def machine(address: str, needs: str = "", **facts: Any) -> Door:
    """Return a door for programs: a token of a member of staff with all scopes; 401 without one."""
    return Door(address, "machine", needs, **facts)


DOORS: dict[str, Door] = {
    # console
    "console:account": staff("/settings/account/"),
    "console:account-device": staff("/settings/account/devices/{device.pk}/", own=True),
    "console:account-password": staff("/settings/account/password/"),
    "console:account-recovery-codes": staff("/settings/account/recovery-codes/"),
    "console:account-second-factor": staff("/settings/account/second-factor/"),
    "console:account-second-factor-removal": staff("/settings/account/second-factor/removal/"),
    "console:account-session": staff("/settings/account/sessions/{session.pk}/", own=True),
    "console:account-sessions": staff("/settings/account/sessions/"),
    "console:account-token": staff("/settings/account/tokens/{apitoken.pk}/", own=True),
    "console:account-tokens": staff("/settings/account/tokens/"),
    "console:appointment-end": staff("/settings/people/{member.pk}/appointments/{appointment.pk}/end/", "staff.edit"),
    "console:appointment-new": staff("/settings/people/{member.pk}/appointments/new/", "staff.edit"),
    "console:assignments": staff("/standards/assignments/", "standards.assign", tries=("?ref=T-1~place:{place.pk}~1065000000~1",)),
    "console:branch-new": staff("/settings/estates/branches/new/", "estate.setup", part=True),
    "console:certificate-new": staff("/settings/people/{member.pk}/certificates/new/", "staff.edit"),
    "console:certificate-revocation": staff("/settings/people/{member.pk}/certificates/{certificate.pk}/revocation/", "staff.edit"),
    "console:certificates": staff("/settings/people/certificates/", "staff.view"),
    "console:checkpoint-end": staff("/checkpoints/{checkpoint.pk}/end/", "estate.edit"),
    "console:checkpoint-new": staff("/checkpoints/new/", "estate.edit", part=False),
    "console:checkpoint-plate": staff("/checkpoints/{checkpoint.pk}/plate/", "estate.edit"),
    "console:checkpoint-plates": staff("/checkpoints/plates/", "estate.view", part=True, tries=("?pick={checkpoint.pk}", "?q=QP")),
    "console:checkpoints": staff("/checkpoints/", "estate.view", part=True, tries=("?q=QP", "?sort=-code")),
    "console:checkpoints-workbook": staff("/checkpoints/workbook/", "estate.export", part=False),
    "console:clause": staff("/standards/A-203/", "standards.view", part=True),
    "console:clauses": staff("/standards/", "standards.view", tries=("?kind=cadence", "?sort=code"), part=True),
    "console:completions": staff("/standards/completions/", "standards.record", tries=("?ref=T-1~place:{place.pk}~1065000000~1",)),
    "console:day": staff(
        "/standards/day/", "standards.view", tries=("?by=place", "?by=person", "?place={place.pk}", "?person={member.pk}")
    ),
    "console:deputies": staff("/settings/people/deputies/", "staff.view"),
    "console:deputy-end": staff("/settings/people/{member.pk}/deputies/{deputyship.pk}/end/", "staff.deputise"),
    "console:deputy-new": staff("/settings/people/{member.pk}/deputies/new/", "staff.deputise"),
    "console:equipment": staff("/equipment/", "estate.view", part=True, tries=("?q=QP", "?due=late", "?due=unknown", "?sort=-name")),
    "console:equipment-new": staff("/equipment/new/", "estate.edit", part=False),
    "console:equipment-workbook": staff("/equipment/workbook/", "estate.export", part=False),
    "console:estate": staff("/settings/estates/{estate.pk}/", "estate.view", part=False),
    "console:estate-choice": staff("/estate-choice/", "estate.view", body={"estate": "{estate.pk}"}, part=True),
    "console:estate-facts": staff("/settings/estates/{estate.pk}/facts/", "estate.setup", part=False),
    "console:estate-new": staff("/settings/estates/new/", "estate.setup", part=True),
    "console:estates": staff("/settings/estates/", "estate.view", part=True),
    "console:excuses": staff("/standards/excuses/", "standards.excuse", tries=("?ref=T-1~place:{place.pk}~1065000000~1",)),
    "console:familiarity": staff("/parties/familiarity/", "parties.familiarity", tries=("?estate={estate.pk}",)),
    "console:familiarity-definition": staff("/parties/familiarity/definition/", "parties.familiarity"),
    "console:familiarity-ledger": staff("/parties/familiarity/{member.pk}/", "parties.familiarity"),
    "console:grid": staff("/settings/grids/{grid.pk}/", "estate.grids", part=False),
    "console:grid-end": staff("/settings/grids/{grid.pk}/end/", "estate.grids", part=False),
    "console:grid-new": staff("/settings/estates/{estate.pk}/grids/new/", "estate.grids", part=False),
    "console:home": staff("/"),
    "console:household": staff("/places/{place.pk}/household/", "parties.view"),
    "console:household-confirmation": staff("/places/{place.pk}/household/confirmation/", "parties.edit"),
    "console:inspection-voiding": staff("/equipment/{equipment.pk}/inspections/{inspection.pk}/voiding/", "estate.inspect"),
    "console:intake": staff("/settings/intake/", "intake.import", part=False),
    "console:intake-annotated": staff("/settings/intake/{batch.pk}/annotated/", "intake.import", whole=True),
    "console:intake-batch": staff("/settings/intake/{batch.pk}/", "intake.import", whole=True),
    "console:intake-confirmation": staff("/settings/intake/{batch.pk}/confirmation/", "intake.import", whole=True),
    "console:intake-drop": staff("/settings/intake/{batch.pk}/drop/", "intake.import", whole=True),
    "console:intake-restart": staff("/settings/intake/{batch.pk}/restart/", "intake.import", whole=True),
    "console:intake-template": staff("/settings/intake/template/", "intake.import", part=False),
    "console:intake-undo": staff("/settings/intake/{batch.pk}/undo/", "intake.import", whole=True),
    "console:machine": staff("/equipment/{equipment.pk}/", "estate.view"),
    "console:machine-facts": staff("/equipment/{equipment.pk}/facts/", "estate.edit"),
    "console:machine-inspection": staff("/equipment/{equipment.pk}/inspections/new/", "estate.inspect"),
    "console:machine-restart": staff("/equipment/{equipment.pk}/restart/", "estate.edit"),
    "console:machine-retirement": staff("/equipment/{equipment.pk}/retirement/", "estate.edit"),
    "console:machine-stop": staff("/equipment/{equipment.pk}/stop/", "estate.edit"),
    "console:member": staff("/settings/people/{member.pk}/", "staff.view"),
    "console:member-facts": staff("/settings/people/{member.pk}/facts/", "staff.edit"),
    "console:member-leave": staff("/settings/people/{member.pk}/leave/", "staff.edit"),
    "console:member-login": staff("/settings/people/{member.pk}/login/", "staff.edit"),
    "console:member-new": staff("/settings/people/new/", "staff.edit", company=True),
    "console:merge-undoing": staff("/parties/merges/{merge.pk}/undoing/", "parties.merge"),
    "console:meter-end": staff("/meters/{meter.pk}/end/", "estate.meters"),
    "console:meter-new": staff("/places/{place.pk}/meters/new/", "estate.meters"),
    "console:meter-reading": staff("/meters/{meter.pk}/reading/", "estate.meters"),
    "console:meter-replacement": staff("/meters/{meter.pk}/replacement/", "estate.meters"),
    "console:month": staff(
        "/standards/month/", "standards.view", tries=("?by=place", "?by=person", "?place={place.pk}", "?person={member.pk}")
    ),
    "console:need": staff("/needs/{need.pk}/", "parties.edit"),
    "console:need-end": staff("/needs/{need.pk}/end/", "parties.edit"),
    "console:need-new": staff("/places/{place.pk}/needs/new/", "parties.edit"),
    "console:occupancy": staff("/occupancies/{occupancy.pk}/", "parties.edit"),
    "console:occupancy-end": staff("/occupancies/{occupancy.pk}/end/", "parties.edit"),
    "console:parties": staff("/parties/", "parties.view", tries=("?q=QP", "?q=QZ", "?gone=1", "?kind=body", "?sort=-sort_key")),
    "console:parties-workbook": staff("/parties/workbook/", "parties.view", tries=("?q=QP",)),
    "console:party": staff("/parties/{party.pk}/", "parties.view"),
    "console:party-apart": staff("/parties/{party.pk}/apart/{party2.pk}/", "parties.merge"),
    "console:party-consent": staff("/parties/{party.pk}/consents/new/", "parties.edit"),
    "console:party-consent-withdrawal": staff("/parties/{party.pk}/consents/{consent.pk}/withdrawal/", "parties.edit"),
    "console:party-duplicates": staff("/parties/duplicates/", "parties.merge"),
    "console:party-facts": staff("/parties/{party.pk}/facts/", "parties.edit"),
    "console:party-merger": staff("/parties/{party.pk}/merger/{party2.pk}/", "parties.merge"),
    "console:party-new": staff("/parties/new/", "parties.edit"),
    "console:party-numbers": staff("/parties/{party.pk}/numbers/phone/", "parties.reveal", body={"purpose": "contact"}, reveals=True),
    "console:party-options": staff("/parties/options/?place={place.pk}", "parties.edit", tries=("&party_text=QP",)),
    "console:party-phone": staff("/parties/{party.pk}/phones/new/", "parties.edit"),
    "console:party-phone-end": staff("/parties/{party.pk}/phones/{phone.pk}/end/", "parties.edit"),
    "console:party-preference": staff("/parties/{party.pk}/preferences/new/", "parties.edit"),
    "console:party-preference-end": staff("/parties/{party.pk}/preferences/{preference.pk}/end/", "parties.edit"),
    "console:people": staff("/settings/people/", "staff.view", tries=("?q=QP", "?left=1")),
    "console:pet-end": staff("/pets/{pet.pk}/end/", "parties.edit"),
    "console:pet-new": staff("/places/{place.pk}/pets/new/", "parties.edit"),
    "console:place": staff("/places/{place.pk}/", "estate.view"),
    "console:place-end": staff("/places/{place.pk}/end/", "estate.edit"),
    "console:place-facts": staff("/places/{place.pk}/facts/", "estate.edit"),
    "console:place-history": staff("/places/{place.pk}/history/", "estate.view"),
    "console:place-merger": staff("/places/{place.pk}/merger/", "estate.edit"),
    "console:place-name": staff("/places/{place.pk}/name/", "estate.edit"),
    "console:place-new": staff("/places/new/", "estate.edit", part=False, tries=("?under={place.pk}",)),
    "console:place-split": staff("/places/{place.pk}/split/", "estate.edit"),
    "console:place-vacancy": staff("/places/{place.pk}/vacancy/", "estate.occupy"),
    "console:places": staff("/places/", "estate.view", part=True, tries=("?q=QP", "?view=list", "?building={place.pk}", "?grid=none")),
    "console:places-workbook": staff("/places/workbook/", "estate.export", part=False),
    "console:plan": staff("/settings/plans/{plan.pk}/", "standards.view", part=True),
    "console:plan-diff": staff("/settings/plans/diff/?before={plan.pk}&after={plan.pk}", "standards.view", part=True),
    "console:plan-file": staff("/settings/plans/{plan.pk}/file/", "standards.view", part=True),
    "console:plan-value": staff("/settings/plans/values/K-20/", "standards.view", part=True),
    "console:plan-values": staff("/settings/plans/values/", "standards.view", part=True),
    "console:plans": staff("/settings/plans/", "standards.view", part=True),
    "console:post": staff("/settings/people/posts/{post.pk}/", "staff.view"),
    "console:post-new": staff("/settings/people/posts/new/", "staff.posts", company=True),
    "console:posts": staff("/settings/people/posts/", "staff.view", tries=("?show=all",)),
    "console:posts-library": staff("/settings/people/posts/library/", "staff.posts", company=True),
    "console:resident-new": staff("/places/{place.pk}/residents/new/", "parties.edit"),
    "console:scanned": anybody("/p/{checkpoint.token}", tells=True),
    "console:search": staff("/search/", "estate.view", part=True, tries=("?q=QP", "?q=1501")),
    "console:settings": staff("/settings/"),
    "console:steward-end": staff("/settings/people/{member.pk}/grids/{stewardship.pk}/end/", "staff.edit"),
    "console:steward-new": staff("/settings/people/{member.pk}/grids/new/", "staff.edit"),
    "console:trail": staff(
        "/settings/trail/",
        "trail.view",
        whole=True,
        tries=(
            "?chain={estate.pk}",
            "?chain=company",
            "?event=x&who=1&from=2026-01-01&to=x&before=1",
            "?format=xlsx",
            "?chain={estate.pk}&format=xlsx",
        ),
    ),
    "console:vehicle": staff("/vehicles/{vehicle.pk}/", "parties.edit"),
    "console:vehicle-end": staff("/vehicles/{vehicle.pk}/end/", "parties.edit"),
    "console:vehicle-new": staff("/places/{place.pk}/vehicles/new/", "parties.edit"),
    # field
    "field:checkpoint": staff("/field/checkpoints/{checkpoint.pk}/", "estate.view"),
    "field:first": staff("/field/"),
    "field:me": staff("/field/me/"),
    "field:occurrence": staff("/field/occurrence/", tries=("?ref=x", "?ref=A-203~estate:1~1~1")),
    "field:scan": staff("/field/scan/", tries=("?code=%25", "?code=a%27b")),
    "field:today": staff("/field/today/"),
    "field:today-clause": staff("/field/today/nothing/"),
    # portal
    "portal:home": resident("/portal/"),
    "portal:home-choice": resident("/portal/home-choice/"),
    # staff and residents, as whoever owns the thing decides
    "file": staff("/files/{file.pk}/", "estate.view"),
    "file-thumbnail": staff("/files/{file.pk}/thumbnail/", "estate.view"),
    "files": staff("/files/about/estate.Place/{place.pk}/", "estate.view"),
    # programs
    "api:due": machine("/api/estates/{estate.code}/due?begin=2026-01-01&end=2026-01-08", "standards.view", part=True),
    "api:me": machine("/api/me"),
    # everybody
    "api:api-root": anybody("/api/"),
    "api:openapi-json": anybody("/api/openapi.json"),
    "console:sign-in": anybody("/sign-in/"),
    "console:sign-in-code": anybody("/sign-in/code/"),
    "console:sign-out": anybody("/sign-out/"),
    "field:manifest": anybody("/field/manifest.webmanifest"),
    "kit:components": anybody("/kit/"),
    "kit:phone": anybody("/kit/phone/"),
    "language": anybody("/language/"),
    "livez": anybody("/livez"),
    "portal:manifest": anybody("/portal/manifest.webmanifest"),
    "portal:me": resident("/portal/me/"),
    "portal:sign-in": anybody("/portal/sign-in/"),
    "portal:sign-in-code": anybody("/portal/sign-in/code/"),
    "portal:sign-out": anybody("/portal/sign-out/"),
    "portal:standards": resident("/portal/standards/"),
    "preferences": anybody("/preferences/"),
    "readyz": anybody("/readyz"),
}
