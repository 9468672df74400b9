// The sign-in page: nobody is in, so nothing on this phone stays open; her password is prepared to open her outbox
// also where there is no signal. Without this script she signs in all the same.
import { hapus } from "./hp/gudang.js";
import { bisaMenyandi, siapkanSandi, tutup } from "./hp/brankas.js";

const form = document.getElementById("masuk");
if (form && bisaMenyandi()) {
  tutup().then(() => hapus("perangkat", "keluar")).catch(() => null);
  window.addEventListener("pageshow", () => { form.querySelector("button").disabled = false; });
  form.addEventListener("submit", (acara) => {
    acara.preventDefault();
    form.querySelector("button").disabled = true;
    const lanjut = () => form.submit();
    siapkanSandi(form.elements.username.value, form.elements.password.value).then(lanjut, lanjut);
  });
}
