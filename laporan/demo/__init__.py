"""The demo: an invented district in mid-campaign.

Every person, NIK, phone number, address and PUS number here is invented. NIK begin with 321499: Purwakarta has no
kecamatan 99, so none can belong to anybody. The same seed gives the same demo on every machine and day.
"""
