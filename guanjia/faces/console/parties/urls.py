"""Addresses of people and households."""

from django.urls import path

from guanjia.faces.console.parties.views import belongings, duplicates, familiarity, household, people, person

urlpatterns = [
    path("parties/", people.parties, name="parties"),
    path("parties/workbook/", people.workbook, name="parties-workbook"),
    path("parties/options/", people.options, name="party-options"),
    path("parties/new/", people.new, name="party-new"),
    path("parties/duplicates/", duplicates.duplicates, name="party-duplicates"),
    path("parties/merges/<int:pk>/undoing/", duplicates.undoing, name="merge-undoing"),
    path("parties/familiarity/", familiarity.familiarity, name="familiarity"),
    path("parties/familiarity/definition/", familiarity.definition, name="familiarity-definition"),
    path("parties/familiarity/<int:pk>/", familiarity.ledger, name="familiarity-ledger"),
    path("parties/<int:pk>/", person.party, name="party"),
    path("parties/<int:pk>/facts/", person.facts, name="party-facts"),
    path("parties/<int:pk>/phones/new/", person.phone, name="party-phone"),
    path("parties/<int:pk>/phones/<int:phone>/end/", person.phone_end, name="party-phone-end"),
    path("parties/<int:pk>/numbers/<slug:what>/", person.numbers, name="party-numbers"),
    path("parties/<int:pk>/preferences/new/", person.preference, name="party-preference"),
    path("parties/<int:pk>/preferences/<int:preference>/end/", person.preference_end, name="party-preference-end"),
    path("parties/<int:pk>/consents/new/", person.consent, name="party-consent"),
    path("parties/<int:pk>/consents/<int:consent>/withdrawal/", person.consent_withdrawal, name="party-consent-withdrawal"),
    path("parties/<int:pk>/merger/<int:other>/", duplicates.merger, name="party-merger"),
    path("parties/<int:pk>/apart/<int:other>/", duplicates.apart, name="party-apart"),
    path("places/<int:pk>/household/", household.household, name="household"),
    path("places/<int:pk>/household/confirmation/", household.confirmation, name="household-confirmation"),
    path("places/<int:pk>/residents/new/", household.resident, name="resident-new"),
    path("places/<int:pk>/needs/new/", household.need, name="need-new"),
    path("places/<int:pk>/vehicles/new/", belongings.vehicle, name="vehicle-new"),
    path("places/<int:pk>/pets/new/", belongings.pet, name="pet-new"),
    path("occupancies/<int:pk>/", household.occupancy, name="occupancy"),
    path("occupancies/<int:pk>/end/", household.occupancy_end, name="occupancy-end"),
    path("needs/<int:pk>/", household.need_facts, name="need"),
    path("needs/<int:pk>/end/", household.need_end, name="need-end"),
    path("vehicles/<int:pk>/", belongings.vehicle_facts, name="vehicle"),
    path("vehicles/<int:pk>/end/", belongings.vehicle_end, name="vehicle-end"),
    path("pets/<int:pk>/end/", belongings.pet_end, name="pet-end"),
]
