"""The forecast of a campaign: how many will have been counted in the end, and how sure that is (docs/ramalan.md).

`segitiga` is what goes in, `ramal` computes, `hasil` is what comes out, `kata` says it; pure functions. Only `masukan`
(reads) and `simpan` (stores) touch the database. numpy is imported here and below, hence by the worker's tasks only.
"""
