"""Reading for other offices: aggregates of a campaign, as our own JSON (`isi`) and as DHIS2's (`dhis2`)."""
