"""Making a staff identity: two key pairs, a passphrase of six words, a secret for one-time codes, a sealed ring.

What is secret is returned once, to be shown once, and kept nowhere. Only a demo hands the secrets in
(`GivenSecrets`), so that its chairs can be signed in to again.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.sealing import one_time_codes
from leeside.sealing.context import ID_SIZE, Purpose
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.passphrases import Stretched, hash_proof, make_passphrase, make_salt, read_passphrase, stretch
from leeside.sealing.rings import KeyRing
from leeside.sealing.roster import is_person_name, person_fingerprint
from leeside.sealing.seal import seal_ring
from leeside.sealing.secrets import Secret, make_secret
from leeside.vault import store


@dataclass(frozen=True)
class GivenSecrets:
    """A passphrase (as typed) and a secret for one-time codes that were not drawn here: a demo's, from its seed."""

    passphrase: str = field(repr=False)
    code_secret: Secret


@dataclass(frozen=True)
class Identity:
    """One person's keys and ways in, before anything of it is stored."""

    reader_id: bytes
    name: str
    passphrase: Secret
    code_secret: Secret
    sealing_seed: Secret
    signing_seed: Secret
    sealing_public: bytes = field(repr=False)
    verify_key: bytes = field(repr=False)

    @property
    def fingerprint(self) -> bytes:
        """What the person reads to whoever admits them, in words."""
        return person_fingerprint(self.sealing_public, self.verify_key)

    def ring(self, line_id: bytes, line_fingerprint: bytes, roster_number: int) -> KeyRing:
        """The key ring that the passphrase will unlock."""
        return KeyRing(
            reader_id=self.reader_id,
            line_id=line_id,
            name=self.name,
            sealing_seed=self.sealing_seed,
            signing_seed=self.signing_seed,
            fingerprint=line_fingerprint,
            roster_number=roster_number,
            totp_secret=self.code_secret,
        )


def read_name(untrusted_name: str) -> str:
    """A pseudonym as it stands on the roster. Raises InputError with the sentence for the field."""
    name = " ".join(untrusted_name.split())
    if not is_person_name(name) or len(name) > LIMITS.name_characters:
        raise InputError("name", _("A name has 1 to 40 letters. Take one that is not your own."))
    return name


def make_identity(name: str, language: str, given: GivenSecrets | None = None) -> Identity:
    """Draw everything that is secret of one person."""
    sealing_seed, signing_seed = make_seed(), make_signing_seed()
    return Identity(
        reader_id=make_secret(ID_SIZE).reveal(),
        name=name,
        passphrase=read_passphrase(given.passphrase) if given else make_passphrase(language),
        code_secret=given.code_secret if given else one_time_codes.make_secret(),
        sealing_seed=sealing_seed,
        signing_seed=signing_seed,
        sealing_public=public_key_of(sealing_seed),
        verify_key=verify_key_of(signing_seed),
    )


def store_identity(identity: Identity, ring: KeyRing, state: store.AccountState) -> None:
    """Keep the way in: salt, hash of the proof, sealed ring. Raises InputError when the name is taken.

    The slow hash runs here, outside every transaction.
    """
    salt = make_salt()
    stretched: Stretched = stretch(identity.passphrase, salt)
    sealed = seal_ring(stretched.wrapping_key, ring, Purpose.RING_AT_REST)
    try:
        store.add_account(
            ring.line_id, identity.reader_id, identity.name, salt, hash_proof(stretched.proof), sealed, state
        )
    except store.ConflictError:
        raise InputError("name", _("Somebody at this line has this name already. Please take another.")) from None


def encode_candidate(
    reader_id: bytes, name: str, sealing_public: bytes, verify_key: bytes, language: str
) -> dict[str, str]:
    """What a coordinator must see of new keys: whose, both public ones, and in which language their words are read."""
    return {
        "reader": reader_id.hex(),
        "name": name,
        "sealing_public": sealing_public.hex(),
        "verify_key": verify_key.hex(),
        "language": language,
    }
