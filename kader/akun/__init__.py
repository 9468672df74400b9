"""Accounts of people without e-mail: who makes whom, codes, passwords, sessions, the second factor.

`orang` who may act on whom, and the acts; `tugas` where and when; `kode` activation and reset; `sandi` passwords;
`sesi` devices; `tebakan` under what a wrong password is counted, `percobaan` how, `kenal` browsers known again;
`pintu` who is let in; `totp` the second factor.
"""
