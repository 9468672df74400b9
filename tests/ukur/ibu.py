"""Invented women: for the phones to send (docs/sinkron.md) and, by the million, for the table to hold already."""

import datetime as dt
import json
import random
import uuid

from laporan.demo import nama

HARI = dt.date(2021, 7, 8)
DICATAT = "2021-07-08T07:30:00+07:00"
METODE = {"implan": 40, "iud": 25, "suntik": 18, "pil": 10, "mow": 5, "kondom": 2}


class Ibu:
    """Makes distinct women, the same ones for the same seed."""

    def __init__(self, faskes: list[int], benih: int = 2021) -> None:
        self.acak = random.Random(benih)
        self.faskes = faskes
        self._nik: set[str] = set()

    def catatan(self, desa: str) -> dict[str, str]:
        """Return one record as a phone sends it: served lately, NIK and birth date agree."""
        acak = self.acak
        lahir = HARI - dt.timedelta(days=acak.randrange(18 * 365, 45 * 365))
        return {
            "id": str(uuid.UUID(int=acak.getrandbits(128), version=4)),
            "dicatat_pada": DICATAT,
            "tahap": "dilayani",
            "nama_istri": f"{acak.choice(nama.ISTRI)} {acak.choice(nama.ISTRI_BELAKANG)}",
            "nik_istri": self._nik_baru(lahir),
            "nik_menyusul": "",
            "alasan_nik_menyusul": "",
            "tanggal_lahir_istri": lahir.isoformat(),
            "nama_suami": f"{acak.choice(nama.SUAMI)} {acak.choice(nama.SUAMI_BELAKANG)}",
            "no_hp": f"0812{acak.randrange(10**8):08}" if acak.random() < 0.55 else "",
            "desa": desa,
            "rw": str(acak.randint(1, 12)),
            "rt": str(acak.randint(1, 30)),
            "alamat": f"Kp. {acak.choice(nama.AWAL_KAMPUNG)} {acak.choice(nama.AKHIR_KAMPUNG)}",
            "jumlah_anak": str(acak.randint(1, 5)),
            "metode": acak.choices(list(METODE), list(METODE.values()))[0],
            "status_peserta": "baru" if acak.random() < 0.8 else "ganti_cara",
            "faskes": str(acak.choice(self.faskes)),
            "tanggal_pelayanan": (HARI - dt.timedelta(days=acak.randrange(10))).isoformat(),
            "pascapersalinan": "on" if acak.random() < 0.1 else "",
            "pascakeguguran": "",
            "perlu_perhatian_bidan": "on" if acak.random() < 0.04 else "",
            "persetujuan_data": "on",
        }

    def kiriman(self, desa: str, banyak: int) -> bytes:
        """Return the JSON of a batch."""
        return json.dumps({"catatan": [self.catatan(desa) for _ in range(banyak)]}).encode()

    def _nik_baru(self, lahir: dt.date) -> str:
        while True:
            nik = f"3214{self.acak.randint(1, 17):02}{lahir.day + 40:02}{lahir:%m%y}{self.acak.randint(1, 9999):04}"
            if nik not in self._nik:
                self._nik.add(nik)
                return nik


def _larik(kata: tuple[str, ...] | list[str]) -> str:
    return "ARRAY[" + ",".join(f"'{k}'" for k in kata) + "]::text[]"


def _satu(kata: tuple[str, ...] | list[str]) -> str:
    return f"({_larik(kata)})[1 + floor(random() * {len(kata)})::int]"


# One row per woman, in the order of a table that grew over five years: spread over all desa, a service each.
SIAPKAN = f"""
CREATE TEMP TABLE ibu AS
SELECT gen_random_uuid() AS id,
       desa.kode AS desa_id,
       desa.kader,
       desa.faskes,
       {_satu(nama.ISTRI)} || ' ' || {_satu(nama.ISTRI_BELAKANG)} AS nama_istri,
       {_satu(nama.SUAMI)} || ' ' || {_satu(nama.SUAMI_BELAKANG)} AS nama_suami,
       encode(sha256(('ibu' || n)::bytea), 'hex') AS nik_indeks,
       encode(sha256(('hp' || n)::bytea), 'hex') AS hp_indeks,
       DATE '2021-07-08' - 18 * 365 - floor(random() * 27 * 365)::int AS lahir,
       DATE '2021-07-07' - floor(random() ^ 2 * 1825)::int AS tanggal,
       (ARRAY['implan','iud','suntik','suntik','suntik','pil','pil','mow','kondom'])[1 + floor(random() * 9)::int] AS metode,
       random() AS untung
FROM generate_series(1, %(banyak)s) AS n
JOIN (SELECT w.kode, p.id AS kader, f.id AS faskes, row_number() OVER (ORDER BY w.kode) - 1 AS urut,
             count(*) OVER () AS banyak
      FROM kader_wilayah w
      JOIN LATERAL (SELECT pengguna_id AS id FROM kader_penugasan
                    WHERE wilayah_id = w.kode AND sebagai = 'kader' ORDER BY id LIMIT 1) p ON true
      JOIN LATERAL (SELECT id FROM kader_faskes ORDER BY (wilayah_id = left(w.kode, 8)) DESC, id LIMIT 1) f ON true
      WHERE w.tingkat = 'desa') AS desa ON desa.urut = n %% desa.banyak;
"""
ISI = (
    """
    INSERT INTO akseptor_akseptor (id, pasangan, desa_id, nama_istri, nik_istri, nik_indeks, nik_menyusul,
        alasan_nik_menyusul, tanggal_lahir_istri, nama_suami, no_hp, hp_indeks, rw, rt, alamat, jumlah_anak,
        perlu_tinjau_duplikat)
    SELECT id, id, desa_id, nama_istri, %(sandi)s, nik_indeks, false, '', lahir, nama_suami,
           CASE WHEN untung < 0.55 THEN %(sandi)s ELSE '' END, CASE WHEN untung < 0.55 THEN hp_indeks END, lpad((1 + untung * 11)::int::text, 3, '0'), '004',
           %(sandi)s, 1 + (untung * 4)::int, false
    FROM ibu
    """,
    """
    INSERT INTO akseptor_pelayanan (id, akseptor_id, desa_id, pasangan, tahap, metode, status_peserta, faskes_id, tanggal,
        pascapersalinan, pascakeguguran, perlu_perhatian_bidan, peringatan_dikonfirmasi, alasan_tahap, dicatat_oleh_id,
        dicatat_pada, diterima_pada, versi, sidik)
    SELECT id, id, desa_id, id, 'dilayani', metode, CASE WHEN untung < 0.8 THEN 'baru' ELSE 'ganti_cara' END, faskes,
           tanggal, false, false, false, '[]', '', kader, tanggal + TIME '09:00', tanggal + TIME '10:00', 1, nik_indeks
    FROM ibu ORDER BY tanggal
    """,
    """
    INSERT INTO akseptor_persetujuan (akseptor_id, versi_teks, cara, diberikan_pada, dicatat_oleh_id)
    SELECT id, '2021-1', 'lisan', tanggal + TIME '09:00', kader FROM ibu ORDER BY tanggal
    """,
    """
    INSERT INTO kader_jejak (pada, oleh_id, peran, tindakan, jenis, kunci, wilayah_id, alasan, perubahan,
        orang)
    SELECT tanggal + TIME '10:00', kader, 'kader', tindakan, jenis, id::text, desa_id, '', '{}', ARRAY[id]
    FROM ibu CROSS JOIN (VALUES ('mendaftarkan', 'akseptor'), ('mencatat', 'pelayanan')) AS v (tindakan, jenis)
    ORDER BY tanggal
    """,
)


def isi_tabel(kursor: object, banyak: int, sandi: str) -> None:
    """Put so many women into the table, with service, consent and history. `sandi`: one ciphertext for all."""
    kursor.execute("SET session_replication_role = replica; SELECT setseed(0.1831)")
    kursor.execute(SIAPKAN, {"banyak": banyak})
    for perintah in ISI:
        kursor.execute(perintah, {"sandi": sandi})
    kursor.execute("DROP TABLE ibu; RESET session_replication_role")
    for tabel in ("akseptor_akseptor", "akseptor_pelayanan", "akseptor_persetujuan", "kader_jejak"):
        kursor.execute(f"VACUUM (ANALYZE) {tabel}")
    kursor.execute("CHECKPOINT")
