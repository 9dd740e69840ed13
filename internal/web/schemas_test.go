package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/publish/export"
)

// outputs fetches every XML document that other systems get, of hostile
// reports too, and gives the files by name.
func outputs(t *testing.T) map[string]string {
	base, _ := crowded(t)
	dir, files := t.TempDir(), map[string]string{}
	fetch := func(name, path string) {
		t.Helper()
		answer, err := http.Get(base + path)
		must(t, err)
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		must(t, err)
		files[name] = filepath.Join(dir, fmt.Sprint(len(files))+".xml")
		must(t, os.WriteFile(files[name], data, 0o600))
	}
	for _, query := range []string{"Identify", "ListSets", "ListMetadataFormats", "ListIdentifiers&metadataPrefix=oai_dc", "ListRecords&metadataPrefix=oai_dc", "ListRecords&metadataPrefix=mods", "ListRecords&metadataPrefix=marcxml",
		"GetRecord&metadataPrefix=oai_dc&identifier=oai:greyshelf.internal:r007", "Nothing", "ListRecords&resumptionToken=x", "ListRecords&metadataPrefix=oai_dc&from=2040-01-01"} {
		fetch("oai "+query, "/oai?verb="+query)
	}
	for _, schema := range []string{"dc", "mods", "marcxml"} {
		fetch("sru "+schema, "/sru?operation=searchRetrieve&version=1.2&maximumRecords=100&query=cql.allRecords=1&recordSchema="+schema)
	}
	fetch("sru explain", "/sru")
	fetch("sru diagnostic", "/sru?operation=searchRetrieve&version=1.2&query="+url.QueryEscape("dc.colour=red"))
	reports := []string{"r001", "open"}
	for name := range formattest.Awkward() {
		reports = append(reports, strings.NewReplacer(" ", "-", ",", "-").Replace(name))
	}
	for _, f := range export.Formats() {
		for _, id := range reports {
			if strings.HasSuffix(f.Extension, "xml") {
				fetch("export "+f.Name+" "+id, "/r/"+url.PathEscape(id)+"/export/"+f.Name)
			}
		}
	}
	return files
}

// TestXmllint has libxml2 read every document.
func TestXmllint(t *testing.T) {
	xmllint := judgetest.Need(t, "xmllint", "libxml2-utils")
	files := outputs(t)
	for name, path := range files {
		judgetest.Run(t, "", xmllint, "--noout", "--nonet", path)
		if t.Failed() {
			t.Fatalf("%s is not well-formed", name)
		}
	}
}

// schemaFile is an XML Schema in the folder that is given.
type schemaFile struct {
	path    string
	space   string   // its target namespace
	imports []string // namespaces that it builds on
}

// TestSchemas validates every document against the official schemas in the
// folder GREYSHELF_SCHEMAS (`make schemas SCHEMAS=DIR`), which are not part of
// the project: OAI-PMH.xsd, oai_dc.xsd, simpledc20021212.xsd, oai-identifier.xsd,
// mods-3-8.xsd, xlink.xsd, xml.xsd, MARC21slim.xsd, srw-types.xsd and its
// neighbours, DataCite's metadata.xsd with its include folder. A document whose
// schema is not in the folder is named and passed over.
func TestSchemas(t *testing.T) {
	dir := os.Getenv("GREYSHELF_SCHEMAS")
	if dir == "" {
		t.Skip("no folder of schemas is given; see make schemas")
	}
	xmllint := judgetest.Need(t, "xmllint", "libxml2-utils")
	schemas := readSchemas(t, dir)
	work := t.TempDir()
	driver, catalog := writeDriver(t, work, schemas), writeCatalog(t, work, dir)
	checked := 0
	for name, path := range outputs(t) {
		file, err := os.Open(path)
		must(t, err)
		root, err := xmltree.Parse(file)
		file.Close()
		must(t, err)
		if !slices.ContainsFunc(schemas, func(s schemaFile) bool { return s.space == root.Space }) {
			t.Logf("%s: no schema of %q in the folder", name, root.Space)
			continue
		}
		checked++
		command := exec.CommandContext(t.Context(), xmllint, "--noout", "--nonet", "--schema", driver, path)
		command.Env = append(os.Environ(), "XML_CATALOG_FILES="+catalog)
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.2000s", name, err, out)
		}
	}
	if checked == 0 {
		t.Errorf("no schema in %s is of any document", dir)
	}
}

// readSchemas reads the schemas of the folder, one for each namespace, the
// newest by name, those that others build on first.
func readSchemas(t *testing.T, dir string) []schemaFile {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.xsd"))
	must(t, err)
	bySpace := map[string]schemaFile{}
	for _, path := range paths {
		var s struct {
			Space   string `xml:"targetNamespace,attr"`
			Imports []struct {
				Space string `xml:"namespace,attr"`
			} `xml:"import"`
		}
		data, err := os.ReadFile(path)
		must(t, err)
		if err := xml.Unmarshal(data, &s); err != nil || s.Space == "" {
			continue
		}
		absolute, err := filepath.Abs(path)
		must(t, err)
		file := schemaFile{path: absolute, space: s.Space}
		for _, i := range s.Imports {
			file.imports = append(file.imports, i.Space)
		}
		bySpace[s.Space] = file
	}
	var sorted []schemaFile
	done := map[string]bool{}
	var add func(space string)
	add = func(space string) {
		file, known := bySpace[space]
		if !known || done[space] {
			return
		}
		done[space] = true
		for _, i := range file.imports {
			add(i)
		}
		sorted = append(sorted, file)
	}
	for _, path := range paths {
		for space, file := range bySpace {
			if filepath.Base(file.path) == filepath.Base(path) {
				add(space)
			}
		}
	}
	return sorted
}

// writeDriver writes a schema that brings the others together, since answers
// carry records of other namespaces.
func writeDriver(t *testing.T, dir string, schemas []schemaFile) string {
	t.Helper()
	n := xmltree.Element("xs:schema").With("xmlns:xs", "http://www.w3.org/2001/XMLSchema")
	for _, s := range schemas {
		n.Nodes = append(n.Nodes, xmltree.Element("xs:import").With("namespace", s.space, "schemaLocation", s.path))
	}
	path := filepath.Join(dir, "driver.xsd")
	must(t, os.WriteFile(path, []byte(n.String()), 0o600))
	return path
}

// writeCatalog writes an XML catalogue by which the addresses inside schemas
// are looked up in the folder, by the name of the file.
func writeCatalog(t *testing.T, dir, schemas string) string {
	t.Helper()
	n := xmltree.Element("catalog").With("xmlns", "urn:oasis:names:tc:entity:xmlns:xml:catalog")
	address := regexp.MustCompile(`(?:schemaLocation|SYSTEM)\s*=?\s*["'](https?://[^"']+)["']`)
	paths, err := filepath.Glob(filepath.Join(schemas, "*.xsd"))
	must(t, err)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		must(t, err)
		for _, found := range address.FindAllStringSubmatch(string(data), -1) {
			local, err := filepath.Abs(filepath.Join(schemas, filepath.Base(found[1])))
			must(t, err)
			if _, err := os.Stat(local); err == nil {
				n.Nodes = append(n.Nodes, xmltree.Element("uri").With("name", found[1], "uri", "file://"+local), xmltree.Element("system").With("systemId", found[1], "uri", "file://"+local))
			}
		}
	}
	path := filepath.Join(dir, "catalog.xml")
	must(t, os.WriteFile(path, []byte(n.String()), 0o600))
	return path
}
