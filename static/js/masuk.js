// The sign-in page: nobody is in, so nothing on this phone stays open; her password is prepared to open her outbox
// also where there is no signal. Without this script she signs in all the same.
import { hapus } from "./hp/gudang.js";
import { bisaMenyandi, siapkanSandi, tutup } from "./hp/brankas.js";

const SABAR_MS = 8000;
const form = document.getElementById("masuk");
if (form && bisaMenyandi()) {
  tutup()
    .then(() => hapus("perangkat", "keluar"))
    .catch(() => null);
  window.addEventListener("pageshow", () => {
    form.querySelector("button").disabled = false;
  });
  form.addEventListener("submit", (acara) => {
    acara.preventDefault();
    form.querySelector("button").disabled = true;
    // The sign-in waits for nothing: a phone whose store does not answer signs in all the same.
    const cukup = new Promise((selesai) => {
      setTimeout(selesai, SABAR_MS);
    });
    const lanjut = () => form.submit();
    Promise.race([siapkanSandi(form.elements.username.value, form.elements.password.value), cukup]).then(
      lanjut,
      lanjut,
    );
  });
}
