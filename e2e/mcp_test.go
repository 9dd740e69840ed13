package e2e_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestMCP speaks the Model Context Protocol with its own client: to a program
// on standard input and output, and to the site.
func TestMCP(t *testing.T) {
	for name, transport := range map[string]mcp.Transport{
		"standard input and output": &mcp.CommandTransport{Command: exec.Command(demo.program, "mcp", "--library", demo.library)},
		"HTTP":                      &mcp.StreamableClientTransport{Endpoint: demo.url + "/mcp"},
	} {
		t.Run(name, func(t *testing.T) {
			session, err := mcp.NewClient(&mcp.Implementation{Name: "e2e"}, nil).Connect(t.Context(), transport, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "search_pages", Arguments: map[string]any{"query": "annotated list"}})
			if err != nil || result.IsError {
				t.Fatal(result, err)
			}
			answer, err := json.Marshal(result.StructuredContent)
			if err != nil || !strings.Contains(string(answer), demo.url+"/r/") || !strings.Contains(string(answer), `"quote"`) {
				t.Errorf("%v: %.400s", err, answer)
			}
		})
	}
}
