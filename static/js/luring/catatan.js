// Without signal: her first page, her list, the page of one of her recent records, a returned report.
import { buat, ikon, tulisTanggal } from "../dom.js";
import { daftarAntrean } from "../hp/antrean.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { pasangTahap } from "../tahap.js";
import { butirCatatan, daftarKartu, kepala, kosong, lencana, tautan, tugas } from "./butir.js";

const TANPA_SINYAL = "Tanpa sinyal. Yang tampak di sini tersimpan di HP ini.";
const tombolKegiatan = () => buat("p", {}, buat("a", { class: "btn btn-outline-primary btn-kegiatan", href: "/kegiatan/baru/" }, ikon("kegiatan"), " Catat kegiatan"));
const tombolCatat = () => buat("p", {}, buat("a", { class: "btn btn-utama btn-catat", href: "/akseptor/baru/" }, ikon("tambah"), " Catat akseptor"));

// What waits in the outbox is shown as what it will be.
export function butirAntrean(e) {
  const perlu = e.keadaan === "tindakan";
  const keterangan = perlu ? (e.tanda && e.tanda.pesan) || "Perlu diperbaiki" : "masih di HP ini";
  return buat("li", {}, buat(
    "a", { class: "butir", href: "/hp/" },
    buat("div", { class: "atas" }, buat("b", {}, e.judul), lencana(perlu ? "dikembalikan" : "belum", perlu ? "Perlu tindakan" : "Di HP")),
    buat("div", { class: "bawah" }, keterangan),
  ));
}

export async function beranda(akar) {
  const [ringkas, antrean] = await Promise.all([bacaRingkas(), daftarAntrean()]);
  const kembali = ringkas.catatan.filter((r) => r.tahap === "dikembalikan");
  const lanjut = ringkas.catatan.filter((r) => ["calon", "dirujuk"].includes(r.tahap)).slice(0, 5);
  const mendesak = [
    ...antrean.filter((e) => e.keadaan === "tindakan").map((e) => tugas("peringatan", e.judul, [(e.tanda && e.tanda.pesan) || "Perlu diperbaiki"], tautan("/hp/", "Perbaiki"))),
    ...kembali.map((r) => tugas("dikembalikan", r.nama_istri, [`Dikembalikan: ${r.alasan}`], tautan(`/akseptor/catatan/${r.id}/ubah/`, "Perbaiki"))),
    ...ringkas.laporan.map((l) => tugas("laporan", l.judul, l.alasan, tautan(l.alamat, "Buka"))),
  ];
  const butir = [
    ...lanjut.map((r) => tugas(r.tahap, r.nama_istri, [r.nama_tahap], tautan(`/akseptor/${r.akseptor}/`, "Tindak lanjuti", "btn btn-outline-primary btn-sm"), "perhatian")),
  ];
  akar.replaceChildren(kepala(`Halo, ${ringkas.kader ? ringkas.kader.nama : ""}`, TANPA_SINYAL), mendesak.length ? buat("ul", { class: "tugas", "aria-label": "Perlu tindakan Anda" }, mendesak) : "", tombolCatat(), tombolKegiatan(), buat("ul", { class: "tugas" }, butir));
  if (!butir.length && !mendesak.length) akar.append(buat("div", { class: "kartu" }, kosong("Semua beres", "Tidak ada yang menunggu Anda sekarang.")));
}

export async function daftar(akar) {
  const [ringkas, antrean] = await Promise.all([bacaRingkas(), daftarAntrean()]);
  const diHp = antrean.filter((e) => e.jenis === "akseptor");
  akar.replaceChildren(kepala("Akseptor", `${ringkas.catatan.length} catatan terakhir. ${TANPA_SINYAL}`), tombolCatat());
  if (diHp.length) akar.append(buat("h2", {}, "Masih di HP ini"), daftarKartu(diHp.map(butirAntrean)), buat("h2", {}, "Sudah diterima server"));
  akar.append(ringkas.catatan.length ? daftarKartu(ringkas.catatan.map(butirCatatan)) : kosong("Belum ada catatan", "Catatan terakhir Anda muncul di sini setelah sekali dibuka dengan sinyal."));
}

// Goes through the form, which asks for the rest (akseptor/tahap.py).
const LEWAT_FORMULIR = "layani";

function formGerak(r, { tindakan, label, beralasan }) {
  const tombol = buat("button", { class: beralasan ? "btn btn-outline-danger" : "btn btn-outline-primary", name: "tindakan", value: tindakan }, label);
  const isi = [buat("input", { type: "hidden", name: "versi", value: String(r.versi) })];
  const id = `alasan-${tindakan}-${r.id}`;
  if (beralasan) isi.push(buat("label", { class: "form-label", for: id }, "Alasan"), buat("textarea", { class: "form-control mb-3", name: "alasan", id, rows: 2, maxlength: 500, required: true }));
  const form = buat("form", { method: "post", action: `/akseptor/catatan/${r.id}/tahap/` }, isi, tombol);
  return beralasan ? buat("details", {}, buat("summary", {}, label), form) : form;
}

function tombolUbah(r) {
  const alamat = `/akseptor/catatan/${r.id}/ubah/`;
  if (r.tahap === "dikembalikan") return tautan(alamat, "Perbaiki dan kirim lagi", "btn btn-primary");
  if (r.gerak.some((g) => g.tindakan === LEWAT_FORMULIR)) return tautan(`${alamat}?tahap=dilayani`, "Sudah dilayani", "btn btn-primary");
  return r.terkunci ? null : tautan(alamat, "Ubah", "btn btn-outline-primary");
}

function kartuPelayanan(r) {
  const gerak = r.gerak.filter((g) => g.tindakan !== LEWAT_FORMULIR);
  const butir = [["Tanggal", tulisTanggal(r.tanggal_pelayanan) || "belum dilayani"], ["Tempat", r.nama_faskes || "–"], ...(r.pengingat ? [["Pengingat", `kontrol sekitar ${tulisTanggal(r.pengingat)}`]] : [])];
  return buat(
    "section", { class: "kartu" },
    buat("div", { class: "kepala-halaman" }, buat("h2", {}, r.nama_metode || "Belum memilih alat/cara"), lencana(r.tahap, r.nama_tahap)),
    r.alasan ? buat("div", { class: r.tahap === "dikembalikan" ? "alert alert-danger" : "alert alert-info" }, ikon(r.tahap), buat("div", {}, buat("b", {}, "Alasan: "), r.alasan)) : null,
    buat("dl", { class: "rincian" }, butir.map(([k, v]) => [buat("dt", {}, k), buat("dd", {}, v)])),
    buat("div", { class: "baris-tombol aksi-catatan" },
      tombolUbah(r), gerak.filter((g) => !g.beralasan).map((g) => formGerak(r, g))),
    gerak.filter((g) => g.beralasan).map((g) => formGerak(r, g)),
  );
}

export async function rinci(akar, [, akseptor]) {
  const { catatan, pengingat } = await bacaRingkas();
  const milik = catatan.filter((r) => r.akseptor === akseptor);
  if (!milik.length) return false;
  akar.replaceChildren(
    buat("p", { class: "remah" }, buat("a", { href: "/akseptor/" }, "← Akseptor")),
    kepala(milik[0].nama_istri, TANPA_SINYAL), ...milik.map(kartuPelayanan),
    buat("p", {}, buat("a", { class: "btn btn-outline-primary", href: pengingat, rel: "noreferrer", target: "_blank" }, ikon("telepon"), " Kirim pengingat lewat WhatsApp")),
    buat("section", { class: "kartu" }, buat("h2", {}, "Ibu"), buat("dl", { class: "rincian" },
      buat("dt", {}, "Lahir"), buat("dd", {}, tulisTanggal(milik[0].tanggal_lahir_istri)),
      buat("dt", {}, "Suami"), buat("dd", {}, milik[0].nama_suami || "–"),
      buat("dt", {}, "NIK"), buat("dd", {}, milik[0].ada_nik ? "ada di server, tidak disimpan di HP" : "NIK menyusul"))),
  );
  await pasangTahap(akar, () => location.reload());
  return true;
}

export async function laporan(akar, [, alamat]) {
  const l = (await bacaRingkas()).laporan.find((x) => x.alamat === alamat);
  if (!l) return false;
  akar.replaceChildren(
    buat("p", { class: "remah" }, buat("a", { href: "/" }, "← Beranda")), kepala(l.judul, TANPA_SINYAL),
    buat("div", { class: "alert alert-danger" }, ikon("dikembalikan"), buat("div", {}, buat("b", {}, "Dikembalikan petugas"), l.alasan.map((t) => buat("p", {}, t)))),
    ...l.bagian.map((b) => buat("section", { class: "kartu" }, buat("h2", {}, b.judul), b.alasan ? buat("p", { class: "catatan-bagian" }, b.alasan) : null, buat("dl", { class: "rincian" }, b.isi.map(([k, v]) => [buat("dt", {}, k), buat("dd", {}, v)])))),
    buat("p", {}, "Laporan diperbaiki dan dikirim lagi saat ada sinyal."),
  );
  return true;
}
