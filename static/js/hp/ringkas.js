// The short list on the phone: her recent records without NIK, phone and address, what was returned, the numbers.
import { akhiriSesi, baca, kunci, pemilik } from "./brankas.js";
import { ambil, kabarkan, taruh } from "./gudang.js";
import { setelJam } from "./jam.js";

const KOSONG = { catatan: [], kegiatan: [], laporan: [], diterima: null, kader: null };

export async function bacaRingkas() {
  const ada = pemilik() && (await ambil("ringkas", pemilik()));
  return ada ? baca(ada, "ringkas").catch(() => KOSONG) : KOSONG;
}

// How the server has a record, as far as this phone knows.
export async function cariRingkas(jenis, id) {
  const isi = await bacaRingkas();
  return ((jenis === "kegiatan" ? isi.kegiatan : isi.catatan) || []).find((r) => r.id === id);
}

async function tulisRingkas(isi, tambahan) {
  const ada = await ambil("ringkas", pemilik());
  const dasar = { etag: ada && ada.etag, pada: ada && ada.pada };
  await taruh("ringkas", { kader: pemilik(), ...dasar, ...tambahan, ...(await kunci(isi, "ringkas")) });
  kabarkan();
}

// Ask the server for what changed. Resolves to false without signal, to "masuk" when the session is over.
export async function segarkan({ paling = 0 } = {}) {
  const ada = await ambil("ringkas", pemilik());
  if (ada && ada.pada && Math.abs(Date.now() - ada.pada) < paling) return true;
  const kepala = { Accept: "application/json" };
  if (ada && ada.etag) kepala["If-None-Match"] = ada.etag;
  const jawaban = await fetch("/hp/data.json", {
    credentials: "same-origin",
    headers: kepala,
    cache: "no-store",
  }).catch(() => null);
  if (!jawaban) return false;
  if (jawaban.status === 401) {
    await akhiriSesi();
    return "masuk";
  }
  if (jawaban.headers.get("X-Poskb-Jam")) await setelJam(jawaban.headers.get("X-Poskb-Jam"));
  if (jawaban.status === 304) await taruh("ringkas", { ...ada, pada: Date.now() });
  if (jawaban.status !== 200) return jawaban.status === 304;
  const isi = await jawaban.json();
  // Another kader has signed in on this phone since this page was opened: nothing of hers is kept here.
  if (isi.kader.id !== pemilik()) return "masuk";
  await tulisRingkas(isi, { etag: jawaban.headers.get("ETag"), pada: Date.now() });
  return true;
}

// A receipt says how the record stands now; the list need not be fetched for it.
export async function gabungTanda(daftar, diterima) {
  const isi = await bacaRingkas();
  const gabung = (lama, milik) => {
    const baru = daftar.filter((t) => t.ringkas && milik(t)).map((t) => t.ringkas);
    const kunciBaru = new Set(baru.map((r) => r.id));
    return [...baru, ...(lama || []).filter((r) => !kunciBaru.has(r.id))];
  };
  const catatan = gabung(isi.catatan, (t) => t.jenis !== "kegiatan");
  const kegiatan = gabung(isi.kegiatan, (t) => t.jenis === "kegiatan");
  await tulisRingkas(
    { ...isi, catatan, kegiatan, diterima: diterima === undefined ? isi.diterima : diterima },
    { etag: null },
  );
}
