// The kader's forms: which record this page is about, and what fills it before she types.
import { daftarAntrean } from "../hp/antrean.js";
import { hariIni } from "../hp/jam.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { buat, ikon } from "../dom.js";
import { tunjukkanGalat } from "./galat.js";
import { pasangHapus } from "./hapus.js";
import { idBaru, tulisIsi } from "./isi.js";
import { Simpan } from "./simpan.js";

// Not on the phone once received.
const TIDAK_DI_HP = ["nik_istri", "nik_menyusul", "alasan_nik_menyusul", "no_hp", "alamat"];
const UBAH = /^\/(akseptor\/catatan|kegiatan)\/([0-9a-f-]{36})\/ubah\/$/;

function judulForm(form) {
  const nama = form.elements.nama_istri;
  if (nama) return nama.value.trim() || "akseptor";
  const macam = form.querySelector("input[name=macam]:checked");
  return (macam && macam.parentElement.textContent.trim()) || "kegiatan";
}

function kepala(judul, keterangan) {
  document.querySelector(".kepala-halaman h1").textContent = judul;
  if (keterangan) document.querySelector(".kepala-halaman > div").append(buat("p", {}, keterangan));
}

function siapkanBaru(form) {
  form.elements.id.value = idBaru();
  const tanggal = form.elements.tanggal_pelayanan || form.elements.tanggal;
  if (tanggal) tanggal.value = hariIni();
  form.querySelectorAll("input[type=date]").forEach((m) => {
    m.max = hariIni();
  });
}

// The empty form becomes the form of a received record: its fields from the short list, its version, its reason.
async function isiDariRingkas(form, id) {
  const ringkas = await bacaRingkas();
  const kegiatan = form.dataset.jenis === "kegiatan";
  const r = ((kegiatan ? ringkas.kegiatan : ringkas.catatan) || []).find((c) => c.id === id);
  if (!r) return null;
  siapkanBaru(form);
  const tahap =
    new URLSearchParams(location.search).get("tahap") ||
    { ditunda: "calon", dikembalikan: "dilayani" }[r.tahap] ||
    r.tahap;
  const status = r.status_peserta || (form.querySelector("input[name=status_peserta]:checked") || {}).value;
  tulisIsi(form, {
    ...r,
    id,
    tahap,
    status_peserta: status,
    persetujuan_data: "on",
    tanggal_pelayanan: r.tanggal_pelayanan || hariIni(),
  });
  kepala(kegiatan ? "Ubah kegiatan" : "Ubah catatan", "Tanpa sinyal: perubahan dikirim begitu ada sinyal.");
  for (const nama of TIDAK_DI_HP) {
    const medan = form.elements[nama];
    if (medan && medan.type !== "checkbox") medan.placeholder = "Ada di server";
  }
  if (r.tahap === "dikembalikan") {
    form.prepend(
      buat(
        "div",
        { class: "alert alert-danger" },
        ikon("dikembalikan"),
        buat("div", {}, buat("b", {}, "Dikembalikan petugas: "), r.alasan),
      ),
    );
  }
  return { kunci: id, versi: r.versi, tetap: [...TIDAK_DI_HP, "tanggal_lahir_istri"] };
}

// What she wrote of it last, over whatever the page says.
async function isiDariAntrean(form, entri) {
  if (!entri.catatan.versi) siapkanBaru(form);
  else if (document.body.dataset.kerangka) await isiDariRingkas(form, entri.id);
  // A desa that the system knows by itself is the one of today, also for what was written before she was moved.
  const desa = form.elements.desa && form.elements.desa.type === "hidden" ? { desa: form.elements.desa.value } : {};
  tulisIsi(form, { ...entri.catatan, ...desa, id: entri.id });
  kepala("Perbaiki catatan", "Masih di HP ini.");
  if (entri.tanda) tunjukkanGalat(form, entri.tanda, "Server belum menerimanya.");
  return { kunci: `hp:${entri.id}`, entri, versi: entri.catatan.versi, tetap: entri.catatan.versi ? TIDAK_DI_HP : [] };
}

async function mula(form) {
  const dariHp = new URLSearchParams(location.search).get("hp");
  const ubah = UBAH.exec(location.pathname);
  const kerangka = document.body.dataset.kerangka === "1";
  const id = dariHp || (ubah && ubah[2]);
  const entri = id && (await daftarAntrean()).filter((e) => e.id === id && e.jenis === form.dataset.jenis).pop();
  if (entri) return isiDariAntrean(form, entri);
  if (dariHp) return null;
  if (ubah && kerangka) return isiDariRingkas(form, ubah[2]);
  if (ubah) return { kunci: ubah[2], versi: form.elements.versi.value };
  if (kerangka) siapkanBaru(form);
  else if (!form.dataset.terikat) form.elements.id.value = idBaru();
  // Another service of a couple that is known.
  const { akseptor } = form.elements;
  return { kunci: akseptor ? `lagi:${akseptor.value}` : "baru" };
}

// The place where she served last is most likely the place of today.
async function tempatTerakhir(form) {
  const medan = form.elements.faskes;
  if (!medan || medan.value || form.dataset.terikat) return;
  const terakhir = (await bacaRingkas()).catatan.find((c) => c.faskes);
  if (terakhir) medan.value = String(terakhir.faskes);
}

export async function pasangSimpan(form) {
  const asal = await mula(form);
  if (!asal) {
    kepala("Catatan ini tidak ada di HP", "Buka lagi saat ada sinyal.");
    form.remove();
    return;
  }
  if (!asal.versi && !asal.entri) await tempatTerakhir(form);
  await new Simpan(form, { jenis: form.dataset.jenis, mula: asal, judul: judulForm }).pasang();
  if (form.dataset.jenis === "kegiatan" && asal.versi && !asal.entri) pasangHapus(form, asal, judulForm(form));
}
