package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/greyshelf/greyshelf"
)

// The cost of a password's digest: the second recommended choice of RFC 9106
// §4, for memory-constrained environments.
const (
	argonTime    = 3
	argonMemory  = 64 << 10 // KiB
	argonThreads = 4
	argonSalt    = 16
	argonKey     = 32
)

const (
	shortestPassword = 12  // characters (NIST SP 800-63B §5.1.1 asks for 8 at least)
	longestPassword  = 512 // bytes
)

// digest gives the digest of a password in the PHC string format.
func digest(password string) string {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// matches reports whether a digest is that of the password. A digest of
// another cost is read as it says; one that cannot be read matches nothing.
func matches(digest, password string) bool {
	var version int
	var memory, time uint32
	var threads uint8
	parts := strings.Split(digest, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil || memory > 1<<20 || time == 0 || time > 20 || threads == 0 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) == 0 {
		return false
	}
	return subtle.ConstantTimeCompare(key, argon2.IDKey([]byte(password), salt, time, memory, threads, uint32(len(key)))) == 1
}

// CheckPassword says whether a password may be chosen. Errors: Invalid.
func CheckPassword(password string) error {
	if utf8.RuneCountInString(password) < shortestPassword || len(password) > longestPassword {
		return greyshelf.Errorf(greyshelf.Invalid, "choose a password", "", "a password needs at least %d characters; a few words in a row are best", shortestPassword)
	}
	return nil
}

// SetPassword gives the person a new password and ends every session. Errors:
// Invalid when it is too short or long, NotFound.
func (r *Register) SetPassword(ctx context.Context, id, password string) error {
	if err := CheckPassword(password); err != nil {
		return err
	}
	if _, err := r.Person(ctx, id); err != nil {
		return err
	}
	if err := r.ChangeCredentials(ctx, id, func(c *Credentials) { c.Password = digest(password) }); err != nil {
		return err
	}
	return r.EndSessions(ctx, id)
}

// SignIn gives the person whose address and password these are. from names
// where the attempt comes from (an IP address); after several failures from
// there or on that address the next attempts must wait. Errors: Forbidden,
// whatever of the two was wrong; Unavailable with the time to wait.
func (r *Register) SignIn(ctx context.Context, email, password, from string) (Person, error) {
	const op = "sign in"
	if wait := r.guard.wait(r.Now(), foldEmail(email), from); wait > 0 {
		return Person{}, greyshelf.Errorf(greyshelf.Unavailable, op, "", "too many attempts; try again in %s", wait.Round(1e9))
	}
	p, err := r.ByEmail(ctx, email)
	known := err == nil
	if !known && greyshelf.KindOf(err) != greyshelf.NotFound {
		return Person{}, err
	}
	c, err := r.Credentials(ctx, p.ID)
	if err != nil {
		return Person{}, err
	}
	stored := c.Password
	if stored == "" {
		stored = nobody // takes as long, so that nobody learns which addresses are known
	}
	if !matches(stored, password) || !known || p.Disabled || c.Password == "" {
		r.guard.failed(r.Now(), foldEmail(email), from)
		return Person{}, greyshelf.Errorf(greyshelf.Forbidden, op, "", "the address or the password is not right")
	}
	r.guard.succeeded(foldEmail(email))
	return p, nil
}

// nobody is a digest that no password has, of the cost of the others.
const nobody = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
