"""A self-made certificate, so that https works before an administrator has a real one.

WebCrypto, the camera and service workers need https or localhost. A browser warns about
a certificate nobody vouches for, once; the fingerprint is printed so that it can be compared.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhunsheng.infra import durable
from zhunsheng.infra.datadir import DataDir


def certificate(data: DataDir, hosts: tuple[str, ...]) -> tuple[Path, Path]:
    """Return certificate and key (PEM), made for ``hosts`` if there are none or they expire within a month."""
    cert_path, key_path = data.keys / "tls.crt", data.keys / "tls.key"
    if not cert_path.exists() or _expires(cert_path) < datetime.now(UTC) + timedelta(days=30):
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        # Key first: a certificate whose key is missing would never be replaced.
        durable.write(key_path, pem)
        durable.write(cert_path, _signed(key, hosts).public_bytes(serialization.Encoding.PEM), mode=0o644)
    return cert_path, key_path


def fingerprint(cert_path: Path) -> str:
    """Return the SHA-256 fingerprint as browsers show it."""
    one = x509.load_pem_x509_certificate(cert_path.read_bytes())
    return one.fingerprint(hashes.SHA256()).hex(":").upper()


def _expires(path: Path) -> datetime:
    return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc


def _signed(key: ec.EllipticCurvePrivateKey, hosts: tuple[str, ...]) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "zhunsheng")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=397))
        .add_extension(x509.SubjectAlternativeName([_alternative(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _alternative(host: str) -> x509.GeneralName:
    bare = host.strip("[]")
    try:
        return x509.IPAddress(ip_address(bare))
    except ValueError:
        return x509.DNSName(bare)
