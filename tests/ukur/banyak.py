"""Services by the million, all of one campaign, made inside Postgres: what a dashboard is counted from."""

# So many services in a desa of its own, the same at every size: a marked day there costs what the size costs.
TENANG = 200

KOSONGKAN = "TRUNCATE akseptor_akseptor, laporan_capaian, laporan_cuplikan, laporan_cuplikanharian CASCADE"
INDEKS = """
SELECT format('%%I', i.indexname), i.indexdef FROM pg_indexes i
JOIN pg_class c ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid
WHERE i.tablename = %s AND NOT x.indisunique
"""
# A service each; every twentieth is the second one of the couple before. Arrival, stage, place and missing NIK vary.
AKSEPTOR = """
INSERT INTO akseptor_akseptor (id, pasangan, desa_id, nama_istri, nik_istri, nik_indeks, nik_menyusul,
    alasan_nik_menyusul, tanggal_lahir_istri, nama_suami, no_hp, rw, rt, alamat, jumlah_anak, perlu_tinjau_duplikat)
SELECT kunci, kunci, desa, 'Ukur', CASE WHEN n %% 12 = 0 THEN '' ELSE 'x' END,
       CASE WHEN n %% 12 = 0 THEN NULL ELSE md5('n' || n) || md5('k' || n) END, n %% 12 = 0,
       CASE WHEN n %% 12 = 0 THEN 'ukur' ELSE '' END, DATE '1990-01-01' + (n %% 5000)::int, '', '', '', '', '', NULL, false
FROM (SELECT n, md5('a' || n)::uuid AS kunci, d.kode AS desa
      FROM generate_series(%(dari)s, %(sampai)s) AS n JOIN ukur_desa d ON d.urut = {urut}) AS ibu
"""
PELAYANAN = """
INSERT INTO akseptor_pelayanan (id, akseptor_id, desa_id, pasangan, tahap, metode, status_peserta, faskes_id, tanggal,
    pascapersalinan, pascakeguguran, perlu_perhatian_bidan, peringatan_dikonfirmasi, alasan_tahap, dicatat_oleh_id,
    dicatat_pada, diterima_pada, diverifikasi_oleh_id, diverifikasi_pada, versi, sidik)
SELECT md5('p' || n)::uuid, ibu, desa, ibu, tahap, metode, CASE WHEN acak3 < 0.8 THEN 'baru' ELSE 'ganti_cara' END,
       faskes, CASE WHEN tahap IN ('calon', 'dirujuk') THEN NULL ELSE hari END, false, false, false, '[]', '', kader, sampai, sampai,
       CASE WHEN tahap = 'terverifikasi' THEN petugas END, CASE WHEN tahap = 'terverifikasi' THEN sampai END, 1, ''
FROM (
  SELECT n, d.kode AS desa, d.kader, d.petugas, random() AS acak3,
         md5('a' || (CASE WHEN n %% 20 = 0 AND n - 191 >= %(dari)s THEN n - 191 ELSE n END))::uuid AS ibu,
         CASE WHEN acak1 < 0.55 THEN 'dilayani' WHEN acak1 < 0.9 THEN 'terverifikasi' WHEN acak1 < 0.93 THEN 'calon'
              WHEN acak1 < 0.95 THEN 'dirujuk' WHEN acak1 < 0.97 THEN 'batal' WHEN acak1 < 0.99 THEN 'ditunda'
              ELSE 'dikembalikan' END AS tahap,
         (ARRAY['implan','implan','implan','iud','iud','mow','suntik','mop'])[1 + floor(acak2 * 8)::int] AS metode,
         (SELECT array_agg(id ORDER BY id) FROM kader_faskes)[1 + n %% (SELECT count(*) FROM kader_faskes)] AS faskes,
         DATE '2021-06-18' + floor(acak4 * 20)::int AS hari,
         DATE '2021-06-18' + floor(acak4 * 20)::int + TIMETZ '10:00+07' + floor(acak5 ^ 4 * 9) * INTERVAL '1 day' AS sampai
  FROM (SELECT n, random() AS acak1, random() AS acak2, random() AS acak4, random() AS acak5
        FROM generate_series(%(dari)s, %(sampai)s) AS n) AS undi JOIN ukur_desa d ON d.urut = {urut}
) AS rekaan
"""
DESA = """
CREATE TABLE ukur_desa AS
SELECT w.kode, row_number() OVER (ORDER BY w.kode) - 1 AS urut,
       (SELECT min(pengguna_id) FROM kader_penugasan WHERE wilayah_id = w.kode AND sebagai = 'kader') AS kader,
       (SELECT min(pengguna_id) FROM kader_penugasan WHERE sebagai = 'plkb') AS petugas
FROM kader_wilayah w WHERE w.tingkat = 'desa'
"""


def isi(kursor: object, banyak: int) -> None:
    """Put so many services into an empty database of the demo's people."""
    kursor.execute(
        "SET session_replication_role = replica; SELECT setseed(0.1831); SET maintenance_work_mem = '512MB'"
    )
    kursor.execute(DESA)
    tabel = {"akseptor_akseptor": AKSEPTOR, "akseptor_pelayanan": PELAYANAN}
    for nama, perintah in tabel.items():
        kursor.execute(INDEKS, [nama])
        indeks = kursor.fetchall()
        for satu, _ in indeks:
            kursor.execute(f"DROP INDEX {satu}")
        kursor.execute(perintah.format(urut="191"), {"dari": 1, "sampai": min(TENANG, banyak // 2)})
        # Numbers above those of the quiet desa, one desa after the other.
        kursor.execute(
            perintah.format(urut="n %% 191"), {"dari": 1001, "sampai": 1000 + banyak - min(TENANG, banyak // 2)}
        )
        for _, buat in indeks:
            kursor.execute(buat)
    kursor.execute("DROP TABLE ukur_desa; RESET session_replication_role")
    for nama in tabel:
        kursor.execute(f"VACUUM (ANALYZE) {nama}")
    kursor.execute("CHECKPOINT")
