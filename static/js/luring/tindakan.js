// A record that came back: why, both versions where two stand against each other, and what she can do.
import { buat, ikon } from "../dom.js";
import { antrekan, antrekanLagi, keluarkan } from "../hp/antrean.js";
import { kirim } from "../hp/kirim.js";
import { idBaru } from "../isian/isi.js";
import { pita } from "../pita.js";

// In the words of the form, as the server wrote them.
function bedaVersi(beda) {
  if (!beda || !beda.length) return null;
  return buat(
    "table",
    { class: "tabel-lapang beda-versi" },
    buat(
      "thead",
      {},
      buat("tr", {}, buat("th", {}, "Bagian"), buat("th", {}, "Di HP ini"), buat("th", {}, "Di server")),
    ),
    buat(
      "tbody",
      {},
      beda.map((b) =>
        buat("tr", {}, buat("th", { scope: "row" }, b.label), buat("td", {}, b.hp), buat("td", {}, b.server)),
      ),
    ),
  );
}

export function kartuTindakan(entri, segarkan) {
  const tanda = entri.tanda || {};
  const pesan = [tanda.pesan, ...Object.values(tanda.galat || {}).flat()].filter(Boolean);
  const formulir = entri.jenis !== "tahap" && !entri.rusak && !entri.catatan.hapus && tanda.hasil !== "konflik";
  const perbaiki = `${entri.jenis === "kegiatan" ? "/kegiatan/baru/" : "/akseptor/baru/"}?hp=${entri.id}`;
  const milikSaya = async () => {
    await antrekanLagi(entri, { ...entri.catatan, versi: tanda.versi }, entri.judul);
    await kirim({ hanya: entri.id });
    segarkan();
  };
  // Her id met another record: hers is one of its own.
  const catatanBaru = async () => {
    const { versi, ...isi } = entri.catatan;
    await antrekan({ ...isi, id: idBaru() }, entri.judul);
    await keluarkan(entri);
    await kirim();
    segarkan();
  };
  // Undo instead of "are you sure": it leaves the phone only when the strip with Urungkan is gone.
  const buang = () => {
    kartu.hidden = true;
    pita(`${entri.judul} dibuang.`, {
      sesudah: () => keluarkan(entri).then(segarkan),
      urung: () => {
        kartu.hidden = false;
      },
    });
  };
  const konflik = tanda.hasil === "konflik" && tanda.server;
  const kartu = buat(
    "section",
    { class: "kartu perlu-tindakan", id: entri.id },
    buat("h2", {}, ikon("peringatan"), " ", entri.judul),
    [...new Set(pesan)].map((p) => buat("p", {}, p)),
    konflik ? bedaVersi(tanda.beda) : null,
    buat(
      "div",
      { class: "baris-tombol" },
      formulir ? buat("a", { class: "btn btn-primary", href: perbaiki }, ikon("ubah"), " Perbaiki") : null,
      konflik
        ? buat("button", { type: "button", class: "btn btn-primary", onclick: milikSaya }, "Kirim yang di HP ini")
        : null,
      konflik && entri.catatan.versi === undefined
        ? buat(
            "button",
            { type: "button", class: "btn btn-outline-primary", onclick: catatanBaru },
            "Simpan sebagai catatan baru",
          )
        : null,
      buat(
        "button",
        { type: "button", class: `btn btn-outline-${konflik ? "primary" : "danger"}`, onclick: buang },
        konflik ? "Pakai yang di server" : "Buang catatan ini",
      ),
    ),
  );
  return kartu;
}
