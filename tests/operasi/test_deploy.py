"""What is in deploy/ and compose.yaml says the same as the product: commands, settings, and units that systemd takes."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from gunicorn.config import Keepalive

from akseptor.forms.cadangan import TERBESAR
from laporan.kegiatan.foto import MB_TERBESAR
from poskb.jalankan import bagian
from poskb.jalankan import web as web_gunicorn
from poskb.jalankan.postgres import SETELAN

AKAR = Path(__file__).resolve().parent.parent.parent
UNIT = sorted((AKAR / "deploy/systemd").iterdir())
LAYANAN = [u for u in UNIT if u.suffix == ".service"]
COMPOSE = yaml.safe_load((AKAR / "compose.yaml").read_text())
PERINTAH = {
    "web": bagian.perintah_web("-"),
    "worker": bagian.perintah_worker(),
    "beat": bagian.perintah_beat(),
}


def setelah_python(perintah: list[str]) -> list[str]:
    """Return the command without the interpreter and what belongs to one place: address and patience."""
    isi = perintah[1:]
    for nama in ("--bind", "--graceful-timeout"):
        if nama in isi:
            letak = isi.index(nama)
            del isi[letak : letak + 2]
    return isi


def mulai(unit: Path) -> list[str]:
    """Return what becomes of the unit's shell; systemd writes a $ of the shell's own as two."""
    sh, c, naskah = shlex.split(re.search(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)[1])
    jadi, *perintah = shlex.split(naskah.replace("$$", "$"))
    assert (sh, c, jadi) == ("/bin/sh", "-c", "exec")
    return perintah


@pytest.mark.parametrize("nama", PERINTAH)
def test_perintahnya_yang_juga_dijalankan_make_run(nama: str) -> None:
    harus = setelah_python(PERINTAH[nama])
    assert setelah_python(mulai(AKAR / f"deploy/systemd/poskb-{nama}.service")) == harus
    if nama == "web":
        (perintah,) = re.findall(r"^CMD (\[.*\])$", (AKAR / "deploy/Dockerfile").read_text(), re.MULTILINE)
        assert setelah_python(yaml.safe_load(perintah)) == harus
        assert all("command" not in COMPOSE["services"][n] for n in ("web1", "web2"))
    else:
        assert setelah_python(COMPOSE["services"][nama]["command"]) == harus


@pytest.mark.parametrize("nama", [*PERINTAH, "cadangan"])
def test_yang_berjalan_tetap_di_foldernya(nama: str) -> None:
    """Seen: with python under the link, an old process loaded packages of the new version after `ln -sfn`."""
    unit = AKAR / f"deploy/systemd/poskb-{nama}.service"
    assert "\nWorkingDirectory=/opt/poskb/sekarang\n" in unit.read_text()
    assert mulai(unit)[0] == "$(pwd -P)/.venv/bin/python"
    assert f"\nSyslogIdentifier=poskb-{nama}\n" in unit.read_text()


@pytest.mark.parametrize("berkas", ["deploy/contoh.env", "deploy/contoh-cadangan.env"])
def test_setelan_contoh_dikenal(berkas: str) -> None:
    nama = re.findall(r"^([A-Z_]+)=", (AKAR / berkas).read_text(), re.MULTILINE)
    compose = (AKAR / "compose.yaml").read_text()
    readme = (AKAR / "README.md").read_text()
    assert [n for n in nama if f"`{n}`" not in readme and f"${{{n}" not in compose] == []


def test_contoh_menyebut_setiap_rahasia_yang_wajib() -> None:
    wajib = set(re.findall(r'rahasia_banyak\(\s*"(\w+)"', (AKAR / "poskb/settings.py").read_text()))
    contoh = re.findall(r"^([A-Z_]+)=", (AKAR / "deploy/contoh.env").read_text(), re.MULTILINE)
    assert wajib
    assert wajib <= set(contoh)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_unit_diterima_dan_dikeraskan(tmp_path: Path) -> None:
    for unit in UNIT:
        isi = unit.read_text().replace("/opt/poskb/sekarang/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(isi.replace("/opt/poskb/sekarang", str(AKAR)))
    hasil = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / u.name) for u in UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (hasil.returncode, hasil.stderr) == (0, "")


@pytest.mark.parametrize("unit", LAYANAN, ids=lambda u: u.stem)
def test_layanan_tidak_boleh_lebih_dari_perlu(unit: Path) -> None:
    isi = unit.read_text()
    pengguna = {"poskb-cadangan": "User=poskb-cadangan", "poskb-cadangan-gagal": "DynamicUser=yes"}
    for baris in (
        pengguna.get(unit.stem, "User=poskb"),
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "UMask=0077",
    ):
        assert f"\n{baris}\n" in isi
    assert "\nCapabilityBoundingSet=\n" in isi


@pytest.mark.parametrize("unit", [u for u in LAYANAN if "\nRestart=always\n" in u.read_text()], ids=lambda u: u.stem)
def test_layanan_tidak_pernah_menyerah(unit: Path) -> None:
    """Seen: five quick failures, and worker and beat stayed away for good; web took its socket along."""
    bagian_unit, bagian_layanan = unit.read_text().split("\n[Service]\n")
    assert "\nStartLimitIntervalSec=0\n" in bagian_unit
    assert "\nStartLimit" not in bagian_layanan


@pytest.mark.parametrize("nama", [*PERINTAH, "cadangan"])
def test_basis_data_tinggal_sampai_bagian_kita_selesai(nama: str) -> None:
    """Seen at a reboot: Postgres and Redis went first, and the worker waited for Redis until it was killed."""
    isi = (AKAR / f"deploy/systemd/poskb-{nama}.service").read_text().split("\n[Service]\n")[0]
    sesudah = set(" ".join(re.findall(r"^After=(.*)$", isi, re.MULTILINE)).split())
    assert "postgresql.service" in sesudah
    if nama != "cadangan":
        assert {"redis-server.service", "redis.service", "valkey-server.service", "valkey.service"} <= sesudah
    if nama == "web":
        assert "\nBefore=caddy.service nginx.service" in isi


@pytest.mark.parametrize("unit", [u for u in UNIT if u.suffix == ".timer"], ids=lambda u: u.stem)
def test_jam_timer_ialah_jam_produk(unit: Path) -> None:
    """On a server in UTC, 02.30 is the middle of the officers' morning and long after the recount."""
    for jam in re.findall(r"^OnCalendar=(.*)$", unit.read_text(), re.MULTILINE):
        assert jam.endswith(f" {settings.TIME_ZONE}")


def test_compose_menutup_semua_kecuali_pintu_depan() -> None:
    layanan = COMPOSE["services"]
    assert {n for n, s in layanan.items() if s.get("ports")} == {"depan"}
    assert COMPOSE["networks"]["dalam"]["internal"] is True
    # Seen: over IPv6 everybody has the address of Docker's bridge, by which wrong tries are counted.
    assert all(p.startswith("0.0.0.0:") for p in layanan["depan"]["ports"])
    for nama, satu in layanan.items():
        assert "dalam" in satu["networks"], nama
        if satu["image"].startswith("poskb:"):
            assert satu["read_only"] is True, nama
            assert satu["cap_drop"] == ["ALL"], nama
            assert satu["env_file"] == ".env", nama
    # The key of backups reaches the backup alone.
    assert [n for n, s in layanan.items() if "POSKB_KUNCI_CADANGAN" in (s.get("environment") or {})] == ["cadangan"]
    assert "POSKB_KUNCI_CADANGAN=" not in (AKAR / "deploy/contoh.env").read_text()


def test_compose_bertanya_apakah_setiap_bagian_hidup() -> None:
    """`up --wait` and an update wait for the answers; what has none counts as well as soon as it is started."""
    tetap = {n: s for n, s in COMPOSE["services"].items() if s["restart"] != "no"}
    assert [n for n, s in tetap.items() if "healthcheck" not in s] == []
    for nama in ("worker", "beat"):
        assert tetap[nama]["healthcheck"]["test"] == ["CMD", "python", "-m", "poskb.jalankan.denyut", nama]
    # Seen: `valkey-cli ping` ends with 0 also for a refused password.
    assert tetap["redis"]["healthcheck"]["test"] == ["CMD", "valkey-cli", "-e", "ping"]
    # Seen: pg_isready is content with a server in which the product's login was never made.
    assert tetap["postgres"]["healthcheck"]["test"][1] == "psql"


def test_beat_di_compose_mengingat_jadwalnya() -> None:
    """On a tmpfs each restart would forget what was due meanwhile: the nightly count, the morning's messages."""
    beat = COMPOSE["services"]["beat"]
    data = beat["environment"]["POSKB_DATA_DIR"]
    assert settings.CELERY_BEAT_SCHEDULE_FILENAME.startswith(str(settings.DATA_DIR))
    assert beat["volumes"] == [f"beat:{data}"]
    assert "beat" in COMPOSE["volumes"]
    assert not any(t.startswith(data) for t in beat["tmpfs"])


def test_pemakai_di_citra_ialah_pemilik_tmpfs() -> None:
    """compose.yaml gives its folders to a number, the image gives that number its name."""
    citra = (AKAR / "deploy/Dockerfile").read_text()
    (tata,) = re.findall(r"useradd --system --uid (\d+) --gid (\d+) ", citra)
    assert f"groupadd --system --gid {tata[1]} " in citra
    for satu in COMPOSE["services"].values():
        for folder in satu.get("tmpfs", []):
            if "uid=" in folder:
                assert re.search(r"uid=(\d+),gid=(\d+)", folder).groups() == tata


def test_pintu_depan_bertanya_kepada_web_bukan_kepada_semua_bagian() -> None:
    """/sehat/ is 503 when only the worker is away: a front server that asked it would shut the product."""
    caddy = (AKAR / "deploy/caddy/Caddyfile").read_text()
    assert "health_uri /sehat/web/\n" in caddy
    # Seen: a body of 27 MiB, from anybody, counted as a failure of each host that it was tried on.
    assert not re.search(r"^\s*(fail_duration|unhealthy_status) ", caddy, re.MULTILINE)
    nginx = (AKAR / "deploy/nginx/poskb.conf").read_text()
    assert re.search(r"location = /sehat/ \{\s+proxy_pass http://poskb;\s+proxy_next_upstream off;", nginx)
    assert "/sehat/web/" in str(COMPOSE["services"]["web1"]["healthcheck"])


def test_web_pamit_lebih_lama_daripada_jeda_bertanya_pintu_depan() -> None:
    """Seen without it: exchanging both web hosts under load cut off a POST now and then, with a 502."""
    web = COMPOSE["services"]["web1"]
    pamit = int(web["environment"]["POSKB_WEB_PAMIT"])
    (jeda,) = re.findall(r"\thealth_interval (\d+)s\n", CADDY)
    assert int(jeda) * 2 < pamit
    assert pamit + web_gunicorn.graceful_timeout < int(web["stop_grace_period"].removesuffix("s"))


CADDY = (AKAR / "deploy/caddy/Caddyfile").read_text()
NGINX = (AKAR / "deploy/nginx/poskb.conf").read_text()


def test_pintu_depan_meloloskan_kiriman_terbesar() -> None:
    """A rescue file that the front server refuses is a month of a kader's work that nobody can bring in."""
    terbesar = max(TERBESAR, MB_TERBESAR * 1024**2, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    (caddy,) = re.findall(r"max_size (\d+)MiB\n", CADDY)
    (nginx,) = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    # The file stands in a form, with a token beside it.
    assert terbesar + 64 * 1024 < int(caddy) * 1024**2
    assert int(nginx) == int(caddy)


def test_pintu_depan_menutup_sambungan_lebih_dulu_daripada_web() -> None:
    (caddy,) = re.findall(r"\tkeepalive (\d+)s\n", CADDY)
    (nginx,) = re.findall(r"    keepalive_timeout (\d+)s;", NGINX)
    assert max(int(caddy), int(nginx)) < getattr(web_gunicorn, "keepalive", Keepalive.default)


def test_setiap_server_nginx_menulis_tanpa_kueri() -> None:
    server = NGINX.split("\nserver {")[1:]
    assert len(server) == 2
    for satu in server:
        assert re.search(r"\n    access_log \S+ poskb;\n", satu)
        assert re.search(r"\n    error_log \S+ crit;\n", satu)
        assert "\n    server_tokens off;\n" in satu
    # journald reads no host name there: it took it for the text, and the tag with it.
    assert NGINX.count("syslog:") == NGINX.count("syslog:server=unix:/dev/log,nohostname,tag=poskb ") == 4
    assert "$request_uri" not in re.search(r"log_format .*;", NGINX)[0]
    assert '"$request"' not in NGINX


@pytest.mark.skipif(not shutil.which("caddy"), reason="no Caddy here")
def test_caddy_menerima_berkasnya(tmp_path: Path) -> None:
    hasil = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(AKAR / "deploy/caddy/Caddyfile")],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "NAMA": "poskb.example.go.id",
            "HULU": "a:8000 b:8000",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert hasil.returncode == 0, hasil.stderr


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="no nginx here")
def test_nginx_menerima_berkasnya(tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", "k", "-out", "c"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    isi = re.sub(r"(ssl_certificate +)[^;]+", rf"\g<1>{tmp_path}/c", NGINX)
    isi = re.sub(r"(ssl_certificate_key +)[^;]+", rf"\g<1>{tmp_path}/k", isi)
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{isi}\n}}\n")
    hasil = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert hasil.returncode == 0, hasil.stderr


def test_postgres_di_compose_menulis_sama_sedikitnya_dengan_make_run() -> None:
    """A refused row or a slow statement would stand in its log with the NIK in it."""
    perintah = COMPOSE["services"]["postgres"]["command"]
    setelan = dict(p.removeprefix("-c").split("=", 1) for p in perintah if p.startswith("-clog_"))
    assert setelan == {n: s for n, s in SETELAN.items() if n.startswith("log_")}
    assert len(setelan) == len(perintah) - 1


def test_compose_tidak_masuk_sebagai_superuser() -> None:
    layanan = COMPOSE["services"]
    url = layanan["web1"]["environment"]["DATABASE_URL"]
    assert url.startswith("postgresql://poskb:")
    # Without POSTGRES_USER the image's superuser is "postgres"; tests/operasi/test_pemilik.py runs the two files.
    assert "POSTGRES_USER" not in layanan["postgres"]["environment"]
    berkas = [v.split(":")[0] for v in layanan["postgres"]["volumes"] if "/docker-entrypoint-initdb.d/" in v]
    assert berkas == ["./poskb/dasar/peran_db.sql", "./deploy/postgres/pemilik.sql"]


def test_compose_menyebut_jaringannya_sendiri_tertutup() -> None:
    """`check --deploy` asks for no TLS to these two, and to no other."""
    lingkungan = COMPOSE["services"]["web1"]["environment"]
    host = {re.search(r"@([^:/]+)", lingkungan[n])[1] for n in ("DATABASE_URL", "REDIS_URL")}
    assert host == set(lingkungan["POSKB_JARINGAN_TERTUTUP"].split(","))
    assert all(COMPOSE["services"][h]["networks"] == ["dalam"] for h in host)


def test_cadangan_di_compose_menunggu_basis_datanya() -> None:
    """On a new host it is the first that runs: into a database that nobody has filled."""
    assert COMPOSE["services"]["cadangan"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("jalur", ["cadangan/poskb-20210708T000000Z.cadangan", ".env"])
def test_rahasia_tidak_ikut_ke_git_atau_ke_gambar(jalur: str) -> None:
    abaikan = (AKAR / ".dockerignore").read_text().split()
    assert jalur.split("/")[0] in abaikan
    assert f"/{jalur.split('/')[0]}" in [b.rstrip("/") for b in (AKAR / ".gitignore").read_text().split()]
    # A name without a slash would take poskb/cadangan/ along.
    assert "cadangan/" not in (AKAR / ".gitignore").read_text().split()


def test_cadangan_di_luar_jangkauan_web() -> None:
    """Another user, another folder; a key that the web never reads; a failure that somebody hears of."""
    isi = {u.stem: u.read_text() for u in LAYANAN}
    cadangan = isi.pop("poskb-cadangan")
    assert "\nStateDirectory=poskb-cadangan\n" in cadangan
    assert "\nOnFailure=poskb-cadangan-gagal.service\n" in cadangan
    assert not [n for n, i in isi.items() if "cadangan.env" in i or "StateDirectory=poskb-cadangan" in i]
    contoh = (AKAR / "deploy/contoh-cadangan.env").read_text()
    assert "\nPOSKB_DATA_DIR=/var/lib/poskb-cadangan\n" in contoh
    folder = re.search("POSKB_DATA_DIR=(.*)", contoh)[1]
    assert f"cadangkan {folder} " in cadangan
    # Where the monitor looks: without a folder it would look into one that is not there, and always cry.
    for berkas in ("docs/operator.md", "deploy/systemd/poskb-cadangan-gagal.service"):
        tanya = re.findall(r"deploy/kelola cadangkan (\S+) --umur", (AKAR / berkas).read_text())
        assert tanya == [folder], berkas
