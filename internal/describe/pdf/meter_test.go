package pdf

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// endless is a module with a tick, one global and two functions: "spin" never
// leaves its loop, "dive" calls itself without a loop, twice, to a depth of 60.
func endless() []byte {
	module := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	tick := append(append(name("env"), name("tick")...), kindFunc, 0)
	module = append(module, section(sectionType, vector([]byte{typeFunc, 0, 1, 0x7E}, signature(1, 0)))...)
	module = append(module, section(sectionImport, vector(tick))...)
	module = append(module, section(sectionFunction, vector([]byte{1}, []byte{1}))...)
	module = append(module, section(sectionGlobal, vector([]byte{typeI32, 1, opConst, 7, opEnd}))...)
	module = append(module, section(sectionExport, vector(
		append(name("spin"), kindFunc, 1), append(name("dive"), kindFunc, 2)))...)
	spin := []byte{0, opLoop, typeVoid, opBranch, 0, opEnd, opEnd}
	dive := []byte{0, opGet, 0, opEqz, opIf, typeVoid, 0x0F, opEnd,
		opGet, 0, opConst, 1, opSub, opCall, 2, opGet, 0, opConst, 1, opSub, opCall, 2, opEnd}
	return append(module, section(sectionCode, vector(
		append(number(len(spin)), spin...), append(number(len(dive)), dive...)))...)
}

// TestMeter: code that would run for ever stops when its time is over, and the
// garbage collector does not wait for it until then.
func TestMeter(t *testing.T) {
	metered, err := meter(endless(), "tick")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	_, err = r.NewHostModuleBuilder("env").NewFunctionBuilder().
		WithGoFunction(api.GoFunc(tick), nil, []api.ValueType{api.ValueTypeI64}).Export("tick").Instantiate(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, function := range []string{"spin", "dive"} {
		module, err := r.InstantiateWithConfig(ctx, metered, wazero.NewModuleConfig().WithName(""))
		if err != nil {
			t.Fatal(err)
		}
		limited, cancel := context.WithCancel(ctx)
		ended := make(chan error)
		go func() {
			_, err := module.ExportedFunction(function).Call(limited, 60)
			ended <- err
		}()
		start := time.Now()
		for range 5 {
			runtime.GC()
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: five collections took %v", function, took)
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("%s ended with %v", function, err)
		}
	}
}

func TestMeterRefuses(t *testing.T) {
	good := endless()
	for name, module := range map[string][]byte{
		"nothing":             nil,
		"no module":           []byte("not WebAssembly at all"),
		"no such import":      pdfiumModule()[:64],
		"cut off":             good[:len(good)-3],
		"unknown instruction": bytes.Replace(good, []byte{opBranch, 0}, []byte{0x27, 0}, 1),
	} {
		if _, err := meter(module, "tick"); err == nil {
			t.Errorf("%s: metered", name)
		}
	}
}

func FuzzMeter(f *testing.F) {
	f.Add(endless())
	f.Add(loopModule())
	f.Fuzz(func(t *testing.T, module []byte) {
		_, _ = meter(module, "tick") // must not panic or run away
	})
}
