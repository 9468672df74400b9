// Locked: whoever holds the phone sees nothing until she says her name and password. No server is asked.
import { buat, ikon } from "../dom.js";
import { bukaDenganSandi } from "../hp/brankas.js";
import { kepala } from "./butir.js";

export function halamanTerkunci(akar) {
  const pesan = buat("div", { role: "alert" });
  const form = buat(
    "form",
    { class: "kartu", autocomplete: "off", id: "buka-hp" },
    pesan,
    buat(
      "div",
      { class: "mb-3" },
      buat("label", { class: "form-label", for: "buka-nama" }, "Nama masuk"),
      buat("input", { class: "form-control", id: "buka-nama", autocapitalize: "none", required: true }),
    ),
    buat(
      "div",
      { class: "mb-3" },
      buat("label", { class: "form-label", for: "buka-sandi" }, "Kata sandi"),
      buat("input", { class: "form-control", id: "buka-sandi", type: "password", required: true }),
    ),
    buat("button", { class: "btn btn-utama lebar-penuh" }, ikon("kunci"), " Buka"),
  );
  form.addEventListener("submit", async (acara) => {
    acara.preventDefault();
    const kader = await bukaDenganSandi(form.elements["buka-nama"].value, form.elements["buka-sandi"].value);
    if (kader) {
      location.reload();
      return;
    }
    const teks =
      "Tidak cocok, atau nama ini belum pernah masuk di HP ini. Periksa lagi; kata sandi baru baru berlaku di sini setelah masuk dengan sinyal.";
    pesan.replaceChildren(buat("div", { class: "alert alert-danger" }, ikon("peringatan"), buat("div", {}, teks)));
  });
  akar.replaceChildren(
    kepala("Terkunci", "Tidak ada sinyal. Catatan di HP ini hanya terbuka dengan nama dan kata sandi pemiliknya."),
    form,
  );
  if (navigator.onLine) akar.append(buat("p", {}, buat("a", { href: "/masuk/" }, "Masuk lewat server")));
}
