// Puts the server's sentences where the plain page puts them: counted at the top with links, and beside the field.
import { buat, ikon } from "../dom.js";

const wadah = (medan) => document.getElementById(`div_id_${medan}`);

export function hapusGalat(form) {
  form.querySelectorAll(".invalid-feedback, #ringkas-galat, .tanya").forEach((u) => u.remove());
  form.querySelectorAll(".is-invalid").forEach((u) => {
    u.classList.remove("is-invalid");
    u.removeAttribute("aria-invalid");
    u.removeAttribute("aria-describedby");
  });
}

function label(medan) {
  const unsur = wadah(medan) && wadah(medan).querySelector("label, legend");
  return unsur ? unsur.textContent.replace("*", "").trim() : medan;
}

function diMedan(form, medan, pesan) {
  const tempat = wadah(medan);
  if (!tempat) return;
  const id = `galat-${medan}`;
  tempat.append(buat("div", { class: "invalid-feedback", id }, pesan.join(" ")));
  const kolom = form.elements[medan];
  if (kolom && kolom.classList) {
    kolom.classList.add("is-invalid");
    kolom.setAttribute("aria-invalid", "true");
    kolom.setAttribute("aria-describedby", id);
  }
}

function ringkasan(galat, judul) {
  const butir = [];
  for (const [medan, pesan] of Object.entries(galat)) {
    for (const p of pesan) {
      butir.push(buat("li", {}, wadah(medan) ? buat("a", { href: `#div_id_${medan}` }, `${label(medan)}: ${p}`) : p));
    }
  }
  return buat(
    "div",
    { class: "ringkas-galat", role: "alert", id: "ringkas-galat", tabindex: "-1" },
    buat("b", {}, judul),
    " Isian Anda masih lengkap di bawah ini.",
    buat("ul", {}, butir),
  );
}

function tanyaPeringatan(peringatan) {
  const kode = peringatan.map((p) => p.kode).join(",");
  return buat(
    "section",
    { class: "tanya" },
    buat("h2", {}, ikon("peringatan"), " Periksa sekali lagi"),
    buat(
      "ul",
      {},
      peringatan.map((p) => buat("li", {}, p.pesan)),
    ),
    buat(
      "div",
      { class: "form-check" },
      buat("input", {
        class: "form-check-input",
        type: "checkbox",
        name: "konfirmasi",
        id: "id_konfirmasi",
        value: kode,
      }),
      buat("label", { class: "form-check-label", for: "id_konfirmasi" }, "Sudah saya periksa, data ini benar"),
    ),
  );
}

function tanyaMirip(mirip) {
  const pilihan = (nilai, isi) =>
    buat(
      "label",
      { class: "ubin-butir" },
      buat("input", { type: "radio", name: "orang_sama", value: nilai }),
      buat("span", {}, isi),
    );
  const sama = (k) =>
    buat("span", { class: "teks" }, `Ya, sama dengan ${k.nama}`, buat("small", {}, `${k.wilayah} · ${k.sebab}`));
  return buat(
    "section",
    { class: "tanya" },
    buat("h2", {}, ikon("orang"), " Orang yang sama?"),
    buat("p", {}, "Ada yang mirip dan sudah tercatat. Pilih salah satu, lalu simpan lagi."),
    buat("input", { type: "hidden", name: "kemiripan_dilihat", value: mirip.map((k) => k.id).join(",") }),
    mirip.map((k) => pilihan(k.id, sama(k))),
    pilihan("bukan", "Bukan, ini orang lain"),
  );
}

// `tanda`: a receipt, or {galat} of a check on the phone.
export function tunjukkanGalat(form, tanda, judul = "Belum tersimpan.") {
  hapusGalat(form);
  const awal = Array.from(form.children).find((u) => u.matches("fieldset, section, .kartu"));
  const sisip = (unsur) => form.insertBefore(unsur, awal);
  const galat = tanda.galat && Object.keys(tanda.galat).length ? tanda.galat : { __all__: [tanda.pesan] };
  const kotak = ringkasan(galat, judul);
  sisip(kotak);
  for (const [medan, pesan] of Object.entries(galat)) diMedan(form, medan, pesan);
  if (tanda.peringatan && tanda.peringatan.length) sisip(tanyaPeringatan(tanda.peringatan));
  if (tanda.mirip && tanda.mirip.length) sisip(tanyaMirip(tanda.mirip));
  kotak.focus();
  kotak.scrollIntoView({ block: "start" });
}
