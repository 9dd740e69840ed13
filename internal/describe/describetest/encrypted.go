package describetest

import (
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
)

// padding is the string that fills passwords up (ISO 32000-1 §7.6.3.3).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// Encrypted gives a PDF of one page with the word "secret", encrypted with
// 40-bit RC4 (§7.6.3, revision 2), the simplest that every reader knows. With
// an empty user password it opens for everybody.
func Encrypted(password string) []byte {
	const id = "0123456789abcdef"
	const permissions = -4
	pad := func(s string) []byte { return []byte((s + padding)[:32]) }

	owner := pad(password)
	key := md5.Sum(pad("owner"))
	crypt(key[:5], owner) // algorithm 3

	seed := append(pad(password), owner...) // algorithm 2
	seed = binary.LittleEndian.AppendUint32(seed, uint32(0xFFFFFFFF+1+permissions))
	sum := md5.Sum(append(seed, id...))
	fileKey := sum[:5]
	user := pad("")
	crypt(fileKey, user) // algorithm 4

	content := []byte(write("F1", 12, 50, 700, "secret"))
	crypt(objectKey(fileKey, 5), content)
	b := book{pages: []leaf{{content: string(content)}}}
	b.file.trailer = fmt.Sprintf("/Encrypt <</Filter /Standard /V 1 /R 2 /P %d /O <%x> /U <%x>>> /ID [<%x> <%x>]",
		permissions, owner, user, id, id)
	return b.bytes()
}

// objectKey gives the key of an object of generation 0 (algorithm 1).
func objectKey(fileKey []byte, object int) []byte {
	sum := md5.Sum(append(append([]byte{}, fileKey...), byte(object), byte(object>>8), byte(object>>16), 0, 0))
	return sum[:len(fileKey)+5]
}

func crypt(key, data []byte) {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err) // only a key of a wrong length
	}
	c.XORKeyStream(data, data)
}
