// Without signal: the page of one of her recent records, and what may be done with it.
import { buat, ikon, tulisTanggal } from "../dom.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { pasangTahap } from "../tahap.js";
import { kepala, lencana, TANPA_SINYAL, tautan } from "./butir.js";

// Goes through the form, which asks for the rest (akseptor/tahap.py).
const LEWAT_FORMULIR = "layani";

function formGerak(r, { tindakan, label, beralasan }) {
  const tombol = buat(
    "button",
    { class: beralasan ? "btn btn-outline-danger" : "btn btn-outline-primary", name: "tindakan", value: tindakan },
    label,
  );
  const isi = [buat("input", { type: "hidden", name: "versi", value: String(r.versi) })];
  const id = `alasan-${tindakan}-${r.id}`;
  if (beralasan)
    isi.push(
      buat("label", { class: "form-label", for: id }, "Alasan"),
      buat("textarea", { class: "form-control mb-3", name: "alasan", id, rows: 2, maxlength: 500, required: true }),
    );
  const form = buat("form", { method: "post", action: `/akseptor/catatan/${r.id}/tahap/` }, isi, tombol);
  return beralasan ? buat("details", {}, buat("summary", {}, label), form) : form;
}

function tombolUbah(r) {
  const alamat = `/akseptor/catatan/${r.id}/ubah/`;
  if (r.tahap === "dikembalikan") return tautan(alamat, "Perbaiki dan kirim lagi", "btn btn-primary");
  if (r.gerak.some((g) => g.tindakan === LEWAT_FORMULIR))
    return tautan(`${alamat}?tahap=dilayani`, "Sudah dilayani", "btn btn-primary");
  return r.terkunci ? null : tautan(alamat, "Ubah", "btn btn-outline-primary");
}

function kartuPelayanan(r) {
  const gerak = r.gerak.filter((g) => g.tindakan !== LEWAT_FORMULIR);
  const butir = [
    ["Tanggal", tulisTanggal(r.tanggal_pelayanan) || "belum dilayani"],
    ["Tempat", r.nama_faskes || "–"],
    ...(r.pengingat ? [["Pengingat", `kontrol sekitar ${tulisTanggal(r.pengingat)}`]] : []),
  ];
  return buat(
    "section",
    { class: "kartu" },
    buat(
      "div",
      { class: "kepala-halaman" },
      buat("h2", {}, r.nama_metode || "Belum memilih alat/cara"),
      lencana(r.tahap, r.nama_tahap),
    ),
    r.alasan
      ? buat(
          "div",
          { class: r.tahap === "dikembalikan" ? "alert alert-danger" : "alert alert-info" },
          ikon(r.tahap),
          buat("div", {}, buat("b", {}, "Alasan: "), r.alasan),
        )
      : null,
    buat(
      "dl",
      { class: "rincian" },
      butir.map(([k, v]) => [buat("dt", {}, k), buat("dd", {}, v)]),
    ),
    buat(
      "div",
      { class: "baris-tombol aksi-catatan" },
      tombolUbah(r),
      gerak.filter((g) => !g.beralasan).map((g) => formGerak(r, g)),
    ),
    gerak.filter((g) => g.beralasan).map((g) => formGerak(r, g)),
  );
}

export async function rinci(akar, [, akseptor]) {
  const { catatan, pengingat } = await bacaRingkas();
  const milik = catatan.filter((r) => r.akseptor === akseptor);
  if (!milik.length) return false;
  akar.replaceChildren(
    buat("p", { class: "remah" }, buat("a", { href: "/akseptor/" }, "← Akseptor")),
    kepala(milik[0].nama_istri, TANPA_SINYAL),
    ...milik.map(kartuPelayanan),
    buat(
      "p",
      {},
      buat(
        "a",
        { class: "btn btn-outline-primary", href: pengingat, rel: "noreferrer", target: "_blank" },
        ikon("telepon"),
        " Kirim pengingat lewat WhatsApp",
      ),
    ),
    buat(
      "section",
      { class: "kartu" },
      buat("h2", {}, "Ibu"),
      buat(
        "dl",
        { class: "rincian" },
        buat("dt", {}, "Lahir"),
        buat("dd", {}, tulisTanggal(milik[0].tanggal_lahir_istri)),
        buat("dt", {}, "Suami"),
        buat("dd", {}, milik[0].nama_suami || "–"),
        buat("dt", {}, "NIK"),
        buat("dd", {}, milik[0].ada_nik ? "ada di server, tidak disimpan di HP" : "NIK menyusul"),
      ),
    ),
  );
  await pasangTahap(akar, () => location.reload());
  return true;
}
