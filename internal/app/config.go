package app

import (
	"errors"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/web"
)

// Config is everything that can be set. Each key can stand in the library's
// greyshelf.toml, in the environment (GREYSHELF_ and the key in capitals) or as
// a flag of the commands that use it; the later wins.
type Config struct {
	Library  string // folder of the library
	Listen   string // address that serve listens on
	ReadOnly bool   // serve without any way to change the library
	Private  bool   // only who is signed in reads the library

	OpenIDIssuer, OpenIDName, OpenIDClient, OpenIDSecret string // the provider of the house

	Repository web.Repository // how the library introduces itself to other systems

	BasePath string   // path under which a proxy shows the library: "/reports"
	Hosts    []string // host names a proxy passes on, besides the loopback ones
	Allow    []string // private networks (CIDR) that reports may be fetched from
	Workers  int      // files described at the same time; 0 = number of processors
	Engine   string   // folder of the compiled reading engine; empty = in the library's cache

	Address string // of the site as readers reach it: "https://library.example.org/reports"
	Mail    MailConfig

	// Program is the command by which this program starts itself for work that
	// needs a process of its own; [EmbedChild] says for what. It is no key: the
	// command line sets it. Without it such work is Unavailable.
	Program []string

	UsageMonths int // months for which usage is kept; 0 = 36, negative = it is not counted

	OCRLanguages []string      // of scans: BCP 47 or tesseract's names; empty = those installed of the usual six
	OCRPages     int           // pages of one file read by OCR; 0 = 500, negative = none
	OCRTime      time.Duration // for the OCR of one file; 0 = ten minutes
}

// Keys gives the configuration keys with a line on each, in order, for the
// reference that the program prints.
func Keys() [][2]string {
	return append([][2]string{
		{"library", "folder of the library (default ./library); not in the file"},
		{"listen", "address that serve listens on (default 127.0.0.1:8080; port 0 takes a free one)"},
		{"read-only", "serve without any way to change the library; until there are accounts, needed for an address other than loopback"},
		{"openid-issuer", "address of the OpenID Connect provider at which people of the library may sign in too"},
		{"openid-client", "identifier under which the provider knows this library; it leads back to /sign-in/openid/back"},
		{"openid-secret", "secret that the provider gave; best in the environment as GREYSHELF_OPENID_SECRET"},
		{"openid-name", "name of the provider on the page for signing in (default: its host name)"},
		{"private", "only people of the library, once they are signed in, may read it"},
		{"base-path", "path under which a proxy shows the library, such as /reports"},
		{"hosts", "host names that a proxy passes on, separated by commas"},
		{"allow", "private networks that reports may be fetched from, as CIDR, separated by commas"},
		{"address", "address of the site as readers reach it, such as https://library.example.org; it stands in mails"},
		{"mail-server", "mail server that takes messages, host or host:port (default port 587, with tls 465)"},
		{"mail-security", "starttls (default), tls, or none for a server on this computer"},
		{"mail-user", "name under which the library signs in to the mail server"},
		{"mail-password", "its password; best in the environment as GREYSHELF_MAIL_PASSWORD"},
		{"mail-from", "sender of mails, such as \"Reports desk <desk@example.org>\""},
		{"mail-authority", "file of certificates (PEM) to trust for the mail server besides the system's"},
		{"mail-rate", "messages sent in a minute at most (default 600)"},
		{"digest-two-pairs", "another person must approve each issue of the digest"},
		{"engine-cache", "folder of the compiled reading engine, which several libraries may share (default: in each library's cache)"},
		{"ocr-languages", "languages of scans, such as en, fr, separated by commas (default: those of en, fr, es, de, ru and ar that tesseract has)"},
		{"ocr-pages", "pages of one file read by OCR (default 500; -1 reads none)"},
		{"ocr-time", "time for the OCR of one file, such as 30m (default 10m)"},
		{"usage-months", "months for which the usage of the library is kept, without knowing by whom (default 36; -1 counts nothing)"},
		{"workers", "files described at the same time (default: one per processor)"},
	}, repositoryKeys()...)
}

// ConfigFile is the name of the configuration file in the library's folder.
const ConfigFile = "greyshelf.toml"

const envPrefix = "GREYSHELF_"

// LoadConfig reads the configuration for a command: flags that were set win
// over the environment, that over the file. Errors: Invalid.
func LoadConfig(flags *pflag.FlagSet) (Config, error) {
	const op = "read the configuration"
	k := koanf.New(".")
	environment := env.Provider(".", env.Opt{Prefix: envPrefix, TransformFunc: func(key, value string) (string, any) {
		return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(key, envPrefix)), "_", "-"), value
	}})
	// The folder comes first: the file lies in it.
	library := koanf.New(".")
	if err := errors.Join(library.Load(environment, nil), library.Load(posflag.Provider(flags, ".", library), nil)); err != nil {
		return Config{}, greyshelf.E(greyshelf.Invalid, op, "", err)
	}
	path := filepath.Join(library.String("library"), ConfigFile)
	if err := k.Load(file.Provider(path), toml.Parser()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Config{}, greyshelf.E(greyshelf.Invalid, op, path, err)
	}
	if err := errors.Join(k.Load(environment, nil), k.Load(posflag.Provider(flags, ".", k), nil)); err != nil {
		return Config{}, greyshelf.E(greyshelf.Invalid, op, "", err)
	}
	c := Config{
		Library: k.String("library"), Listen: k.String("listen"), ReadOnly: k.Bool("read-only"), Private: k.Bool("private"),
		OpenIDIssuer: k.String("openid-issuer"), OpenIDName: k.String("openid-name"), OpenIDClient: k.String("openid-client"), OpenIDSecret: k.String("openid-secret"),
		BasePath: "/" + strings.Trim(k.String("base-path"), "/"), Hosts: list(k, "hosts"), Allow: list(k, "allow"), Workers: k.Int("workers"), Engine: k.String("engine-cache"),
		UsageMonths:  k.Int("usage-months"),
		OCRLanguages: list(k, "ocr-languages"), OCRPages: k.Int("ocr-pages"), OCRTime: k.Duration("ocr-time"),
	}
	var err error
	if c.Address, c.Mail, err = loadMail(k); err != nil {
		return c, err
	}
	if c.BasePath == "/" {
		c.BasePath = ""
	}
	if text := k.String("ocr-time"); text != "" && c.OCRTime <= 0 {
		return c, greyshelf.Errorf(greyshelf.Invalid, op, "ocr-time", "%q is no length of time such as 30m", text)
	}
	if err := c.loadRepository(k); err != nil {
		return c, err
	}
	if err := c.check(); err != nil {
		return c, err
	}
	// Without a host, ":0", this computer is meant unless all addresses may be.
	if host, port, err := net.SplitHostPort(c.Listen); err == nil && host == "" && !c.ReadOnly {
		c.Listen = net.JoinHostPort("127.0.0.1", port)
	}
	return c, nil
}

// list reads a key that is a list in the file and comma-separated elsewhere.
func list(k *koanf.Koanf, key string) []string {
	if text, ok := k.Get(key).(string); ok {
		return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return k.Strings(key)
}

// check refuses what would be unsafe or cannot work.
func (c Config) check() error {
	if c.Library == "" {
		return greyshelf.Errorf(greyshelf.Invalid, "read the configuration", "library", "the folder of the library is empty; name one with --library")
	}
	if info, err := os.Stat(c.Library); err == nil && !info.IsDir() {
		return greyshelf.Errorf(greyshelf.Invalid, "read the configuration", c.Library, "the library must be a folder, this is a file")
	}
	if c.Listen == "" || c.ReadOnly {
		return nil
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "read the configuration", "listen", "%q is not an address such as 127.0.0.1:8080", c.Listen)
	}
	return nil
}

// openID gives the provider of the house.
func (c Config) openID() web.OpenID {
	o := web.OpenID{Issuer: c.OpenIDIssuer, Name: c.OpenIDName, Client: c.OpenIDClient, Secret: c.OpenIDSecret}
	if u, err := url.Parse(o.Issuer); err == nil && o.Name == "" {
		o.Name = u.Hostname()
	}
	return o
}

// elsewhere reports whether the site could be reached from other computers.
func (c Config) elsewhere() bool {
	host, _, err := net.SplitHostPort(c.Listen)
	ip := net.ParseIP(host)
	return err == nil && host != "" && host != "localhost" && (ip == nil || !ip.IsLoopback())
}
