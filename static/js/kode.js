// The code behind the # of a QR goes into the form and out of the address; nothing of it was sent to a server.
const medan = document.querySelector("#kode [name=kode]");
const angka = decodeURIComponent(location.hash.slice(1));
if (medan && /^[\d-]{12,20}$/.test(angka)) {
  medan.value = angka;
  history.replaceState(null, "", location.pathname);
  document.querySelector("#kode [name=password1]").focus();
}
