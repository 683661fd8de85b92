package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func TestMistakeIsExplained(t *testing.T) {
	defer func() {
		message := "test/node: 'replicas' (-1) must be a whole number of at least 0 [talos:invalid-value]"
		if mistake := recover(); mistake == nil || !strings.Contains(fmt.Sprint(mistake), message) {
			t.Errorf("got %v, want a panic with %s", mistake, message)
		}
	}()
	cdk8stalos.NewTalosNode(cdk8s.Testing_Chart(), jsii.String("node"), &cdk8stalos.TalosNodeProps{Replicas: jsii.Number(-1)})
}

func TestTextAndMapsMakeTheSameConfig(t *testing.T) {
	text := fromYaml("machine: {type: worker, sysctls: {vm.swappiness: '1'}}\ncluster: {}")
	maps := fromMap(map[string]any{"machine": map[string]any{"type": "worker"}, "cluster": map[string]any{}})
	patched := maps.Patch(cdk8stalos.MachineConfigPatch_FromDocuments(&map[string]any{
		"machine": map[string]any{"sysctls": map[string]string{"vm.swappiness": "1"}},
	}))
	requireSameYaml(t, patched, text)
}

func TestNilIsLeftOut(t *testing.T) {
	maps := fromMap(map[string]any{"machine": map[string]any{"type": "worker", "network": nil}})
	requireSameYaml(t, maps, fromYaml("machine: {type: worker}"))
}

func TestWholeClusterIsOneCall(t *testing.T) {
	chart := cdk8s.Testing_Chart()
	cluster := cdk8stalos.TalosCluster_Ephemeral(chart, jsii.String("cluster"), &cdk8stalos.EphemeralClusterProps{
		ClusterName: jsii.String("ci-42"), Workers: jsii.Number(2), ReadinessJob: &cdk8stalos.ReadinessJobOptions{},
	})
	manifests := fmt.Sprint(*cdk8s.Testing_Synth(chart))
	if !strings.Contains(manifests, "kind:Namespace") || !strings.Contains(manifests, "kind:Job") {
		t.Errorf("got %s", manifests)
	}
	if replicas := *(*cluster.WorkerPools())[0].Replicas(); replicas != 2 {
		t.Errorf("got %v workers, want 2", replicas)
	}
	subnets := cdk8stalos.AddressPlan_Of(nil).Allocate(jsii.String("acme"), jsii.Number(1))
	if subnet := *(*subnets.PodSubnets)[0]; subnet != "10.192.64.0/18" {
		t.Errorf("got %s", subnet)
	}
}

func TestTypedPatchesMakeTheSameConfigAsInTypeScript(t *testing.T) {
	options := &cdk8stalos.MachineConfigOptions{TalosVersion: cdk8stalos.TalosVersion_Of(jsii.String("v1.14"), nil)}
	patched := cdk8stalos.MachineConfig_FromYaml(jsii.String("machine: {type: worker}"), options).Patch(
		openIDConnect(), registryMirror(), kubelet(), userVolumes(), networkOfTheMachine(),
	)
	want, err := os.ReadFile("typed-patches.yaml")
	if got := *patched.ToYaml(nil); err != nil || got != string(want) {
		t.Errorf("got %s, want %s (%v)", got, want, err)
	}
}

func TestKeylessClustersAreThoseOfTypeScript(t *testing.T) {
	want, err := os.ReadFile("keyless-clusters.yaml")
	if got := keylessClusters(); err != nil || got != string(want) {
		t.Errorf("got %s, want %s (%v)", got, want, err)
	}
}

func fromYaml(text string) cdk8stalos.MachineConfig {
	return cdk8stalos.MachineConfig_FromYaml(jsii.String(text), nil)
}

func fromMap(document map[string]any) cdk8stalos.MachineConfig {
	return cdk8stalos.MachineConfig_FromDocuments(&[]*map[string]any{&document}, nil)
}

func requireSameYaml(t *testing.T, got, want cdk8stalos.MachineConfig) {
	t.Helper()
	if got, want := *got.ToYaml(nil), *want.ToYaml(nil); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
