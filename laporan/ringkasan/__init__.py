"""One page for the leadership: what it says (`isi`), on paper (`kertas`), as a picture, as words, as a workbook."""
