// Takes a received activity away: through the outbox, so that it works without signal and can be taken back.
import { antrekan, lihatAntrean, tarik } from "../hp/antrean.js";
import { hapusDraf } from "../hp/draf.js";
import { kirim, mintaDikirim } from "../hp/kirim.js";
import { buat, ikon } from "../dom.js";

const SABAR_MS = 10000;
const SELESAI = new Set(["diterima", "sudah_ada"]);

// As the server draws it (templates/laporan/kegiatan/isian.html); the form that the phone keeps has none.
function bagianHapus(id) {
  return buat(
    "form",
    { method: "post", action: `/kegiatan/${id}/hapus/`, class: "hapus-kegiatan" },
    buat("label", { class: "form-label", for: "id_alasan" }, "Salah catat? Alasan menghapus (boleh kosong)"),
    buat("input", {
      class: "form-control",
      type: "text",
      name: "alasan",
      id: "id_alasan",
      maxlength: 200,
      autocomplete: "off",
    }),
    buat("button", { class: "btn btn-outline-danger" }, ikon("hapus"), " Hapus kegiatan ini"),
  );
}

function panelHapus(entri, kembali) {
  const urung = async () => {
    if (await tarik(entri)) kembali();
    else tombol.replaceWith(buat("p", {}, "Sudah terlanjur dikirim. Pulihkan dari daftar kegiatan saat ada sinyal."));
  };
  const tombol = buat("button", { type: "button", class: "btn btn-outline-secondary", onclick: urung }, "Urungkan");
  return buat(
    "section",
    { class: "hasil-simpan di-hp", id: "hasil-simpan", tabindex: "-1", role: "status" },
    ikon("hapus"),
    buat("h2", {}, entri.judul),
    buat("p", {}, "Masih di HP ini. Dikirim sendiri begitu ada sinyal."),
    buat(
      "div",
      { class: "baris-tombol" },
      tombol,
      buat("a", { class: "btn btn-outline-primary", href: "/kegiatan/" }, "Ke daftar"),
    ),
  );
}

async function hapusLewatAntrean(form, bagian, catatan, judul) {
  const entri = await antrekan(catatan, `Hapus: ${judul}`);
  await hapusDraf(`kegiatan:${catatan.id}`);
  const hasil = navigator.onLine ? await kirim({ hanya: catatan.id, batas: SABAR_MS }) : null;
  const tanda = hasil && hasil.tanda.get(entri.urut);
  const kini = await lihatAntrean(entri);
  if ((tanda && SELESAI.has(tanda.hasil)) || !kini) {
    // Received, by this page or by a faster one: the list offers to put it back.
    const hari = tanda && tanda.ringkas ? tanda.ringkas.tanggal : form.elements.tanggal.value;
    location.assign(`/kegiatan/?bulan=${hari.slice(0, 7)}&dihapus=${catatan.id}`);
  } else if (kini.keadaan === "tindakan") {
    location.assign(`/hp/#${catatan.id}`);
  } else {
    const panel = panelHapus(entri, () => {
      panel.remove();
      form.hidden = bagian.hidden = false;
    });
    form.hidden = bagian.hidden = true;
    mintaDikirim().catch(() => null);
    form.before(panel);
    panel.focus();
    window.scrollTo(0, 0);
  }
}

export function pasangHapus(form, { kunci: id, versi }, judul) {
  let bagian = document.querySelector("form.hapus-kegiatan");
  const dariServer = Boolean(bagian);
  if (!bagian) {
    bagian = bagianHapus(id);
    form.after(bagian);
  }
  bagian.addEventListener("submit", (acara) => {
    acara.preventDefault();
    const catatan = {
      jenis: "kegiatan",
      id,
      versi: Number(versi),
      hapus: "on",
      alasan: bagian.elements.alasan.value.trim(),
    };
    hapusLewatAntrean(form, bagian, catatan, judul).catch(() => {
      // The phone keeps nothing: the plain way, as without scripts.
      if (dariServer) bagian.submit();
    });
  });
}
