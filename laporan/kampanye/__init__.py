"""The campaign: what counts (`progres`), counting it (`hitung`), sharing the target (`target`), pace (`laju`)."""
