package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// secretKind is the kind of the records that hold the library's own secrets,
// one for each use.
const secretKind = "secret"

// tokenSecret names the secret that seals the resumption tokens of OAI-PMH.
const tokenSecret = "resumption-tokens"

// TokenKey gives the secret that seals resumption tokens: 32 bytes, drawn once
// for the library and kept in it, so that every process of it and a restored
// copy know the tokens of each other. Errors: Unavailable.
func (l *Library) TokenKey(ctx context.Context) ([]byte, error) {
	key, err := l.secret(ctx, tokenSecret)
	if greyshelf.KindOf(err) != greyshelf.NotFound {
		return key, err
	}
	key = make([]byte, 32)
	_, _ = rand.Read(key)                                           // never fails since Go 1.24
	data, _ := json.Marshal(base64.StdEncoding.EncodeToString(key)) // a text always has a JSON form
	err = l.Catalog.PutRecords(ctx, catalog.Record{Kind: secretKind, ID: tokenSecret, Data: data})
	if greyshelf.KindOf(err) == greyshelf.Exists {
		return l.secret(ctx, tokenSecret) // another process was quicker
	}
	return key, err
}

// tokenKey gives the secret to a site; where the library cannot give it, the
// site draws one for itself.
func (l *Library) tokenKey() []byte {
	key, err := l.TokenKey(context.Background())
	if err != nil {
		l.Log.Warn("resumption tokens of OAI-PMH will end with this process", "err", err)
	}
	return key
}

// secret reads a secret. Errors: NotFound, Internal for one that is damaged.
func (l *Library) secret(ctx context.Context, name string) ([]byte, error) {
	r, err := l.Catalog.Record(ctx, secretKind, name)
	if err != nil {
		return nil, err
	}
	var text string
	err = json.Unmarshal(r.Data, &text)
	key, wrong := base64.StdEncoding.DecodeString(text)
	if err != nil || wrong != nil || len(key) < 32 {
		return nil, greyshelf.Errorf(greyshelf.Internal, "read the secret", name, "it is damaged")
	}
	return key, nil
}
