// What can be said without the server, in the server's own sentences (data-wajib on the page). Never stricter than it.
const kalimat = () => {
  const unsur = document.getElementById("kalimat-wajib");
  return unsur ? JSON.parse(unsur.textContent) : {};
};

const WAJIB_SELALU = ["nama_istri", "nama_suami", "persetujuan_data", "macam", "jumlah_orang", "tanggal"];
const WAJIB_DILAYANI = ["metode", "status_peserta", "faskes", "tanggal_pelayanan"];

function periksaNik(isi, pesan) {
  if (!("nik_istri" in isi)) return {};
  const nik = isi.nik_istri.replace(/[\s.-]/g, "");
  if (!nik && !isi.nik_menyusul) return { nik_istri: pesan.nik_istri };
  if (!nik && !isi.alasan_nik_menyusul.trim()) return { alasan_nik_menyusul: pesan.alasan_nik_menyusul };
  if (!nik && !isi.tanggal_lahir_istri) return { tanggal_lahir_istri: pesan.tanggal_lahir_istri };
  if (nik && !/^\d{16}$/.test(nik)) return { nik_istri: pesan.nik_16 };
  return {};
}

// Returns {field: [sentence]} or null. A form without sentences of its own is left to the server.
export function periksaDiHp(form, isi) {
  const pesan = kalimat();
  const perlu = [...WAJIB_SELALU, ...(isi.tahap === "dilayani" ? WAJIB_DILAYANI : [])];
  const kosong = perlu.filter((nama) => pesan[nama] && nama in isi && !isi[nama].trim());
  const galat = Object.fromEntries(kosong.map((nama) => [nama, [pesan[nama]]]));
  for (const [nama, satu] of Object.entries(pesan.nik_istri ? periksaNik(isi, pesan) : {}))
    if (satu) galat[nama] = [satu];
  return Object.keys(galat).length ? galat : null;
}
