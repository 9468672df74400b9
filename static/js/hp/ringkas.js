// The short list on the phone: her recent records without NIK, phone and address, what was returned, the numbers.
import { akhiriSesi, baca, cap, kunci, pemilik } from "./brankas.js";
import { ambil, gudang, kabarkan } from "./gudang.js";
import { setelJam } from "./jam.js";

const KOSONG = { catatan: [], kegiatan: [], laporan: [], diterima: null, kader: null };

const bukaIsi = async (ada) => (ada ? baca(ada, "ringkas").catch(() => KOSONG) : KOSONG);

export async function bacaRingkas() {
  return bukaIsi(pemilik() && (await ambil("ringkas", pemilik())));
}

// How the server has a record, as far as this phone knows.
export async function cariRingkas(jenis, id) {
  const isi = await bacaRingkas();
  return ((jenis === "kegiatan" ? isi.kegiatan : isi.catatan) || []).find((r) => r.id === id);
}

// Write the list anew, unless it is another by now than the one that was read: a receipt that came meanwhile, in a second
// tab or in the worker, knows more than an answer that was asked for before it. Resolves to false when it was.
async function ganti(ada, baru) {
  const tx = (await gudang()).transaction("ringkas", "readwrite", { durability: "strict" });
  const kini = await tx.store.get(baru.kader);
  const sama = cap(kini) === cap(ada);
  if (sama) await tx.store.put(baru);
  await tx.done;
  if (sama) kabarkan();
  return sama;
}

const tanya = (ada) =>
  fetch("/hp/data.json", {
    credentials: "same-origin",
    headers: { Accept: "application/json", ...(ada && ada.etag ? { "If-None-Match": ada.etag } : {}) },
    cache: "no-store",
  }).catch(() => null);

// Ask the server for what changed. Resolves to false without signal, to "masuk" when the session is over, to "nonaktif"
// when her account was deactivated: then nothing is closed before her outbox was handed over.
export async function segarkan({ paling = 0 } = {}) {
  const ada = await ambil("ringkas", pemilik());
  if (ada && ada.pada && Math.abs(Date.now() - ada.pada) < paling) return true;
  const jawaban = await tanya(ada);
  if (!jawaban) return false;
  if (jawaban.status === 401) {
    if ((await jawaban.json().catch(() => ({}))).nonaktif) return "nonaktif";
    await akhiriSesi();
    return "masuk";
  }
  if (jawaban.headers.get("X-Poskb-Jam")) await setelJam(jawaban.headers.get("X-Poskb-Jam"));
  let baru = null;
  if (jawaban.status === 304) baru = { ...ada, pada: Date.now() };
  if (jawaban.status === 200) {
    const isi = await jawaban.json();
    // Another kader has signed in on this phone since this page was opened: nothing of hers is kept here.
    if (isi.kader.id !== pemilik()) return "masuk";
    const dasar = { kader: pemilik(), etag: jawaban.headers.get("ETag"), pada: Date.now() };
    baru = { ...dasar, ...(await kunci(isi, "ringkas")) };
  }
  if (!baru) return false;
  // Too old already: once more, on what is known now.
  return (await ganti(ada, baru)) || segarkan();
}

// A receipt says how the record stands now; the list need not be fetched for it.
export async function gabungTanda(daftar, diterima) {
  const ada = await ambil("ringkas", pemilik());
  const isi = await bukaIsi(ada);
  const gabung = (lama, milik) => {
    const baru = daftar.filter((t) => t.ringkas && milik(t)).map((t) => t.ringkas);
    const kunciBaru = new Set(baru.map((r) => r.id));
    return [...baru, ...(lama || []).filter((r) => !kunciBaru.has(r.id))];
  };
  const jadi = {
    ...isi,
    catatan: gabung(isi.catatan, (t) => t.jenis !== "kegiatan"),
    kegiatan: gabung(isi.kegiatan, (t) => t.jenis === "kegiatan"),
    diterima: diterima === undefined ? isi.diterima : diterima,
  };
  const dasar = { kader: pemilik(), etag: null, pada: ada && ada.pada };
  if (!(await ganti(ada, { ...dasar, ...(await kunci(jadi, "ringkas")) }))) await gabungTanda(daftar, diterima);
}
