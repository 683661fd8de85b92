package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-talos/cdk8s-talos-go/cdk8stalos"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func main() {
	defer jsii.Close()

	talosVersion := cdk8stalos.TalosVersion_Of(jsii.String("v1.13.9"), nil)
	host := "talos-control-plane.talos.svc.cluster.local"

	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("talos"), &cdk8s.ChartProps{Namespace: jsii.String("talos")})
	cdk8stalos.NewTalosNamespace(chart, jsii.String("namespace"), nil)

	// controlplane.yaml was made by `talosctl gen config lab https://cp.lab.example.org:6443`
	config := cdk8stalos.MachineConfig_FromFile(
		jsii.String("controlplane.yaml"),
		&cdk8stalos.MachineConfigOptions{TalosVersion: talosVersion},
	).Patch(
		cdk8stalos.MachineConfigPatch_HostDns(talosVersion),
		cdk8stalos.MachineConfigPatch_FromYaml(jsii.String(`machine: {kubelet: {extraArgs: {v: "2"}}}`)),
		cdk8stalos.MachineConfigPatch_FromDocuments(&map[string]any{
			"machine": map[string]any{"certSANs": []string{host}},
			"cluster": map[string]any{
				"controlPlane": map[string]any{"endpoint": "https://" + host + ":6443"},
				// the hosting cluster's own networks must be others than these
				"network": map[string]any{
					"podSubnets":     []string{"172.24.0.0/16"},
					"serviceSubnets": []string{"172.25.0.0/16"},
				},
			},
		}),
	)

	cdk8stalos.NewTalosNode(chart, jsii.String("control-plane"), &cdk8stalos.TalosNodeProps{
		TalosVersion: talosVersion,
		MachineConfig: cdk8stalos.NewTalosMachineConfig(chart, jsii.String("config"), &cdk8stalos.TalosMachineConfigProps{
			Config: config,
		}),
	})

	app.Synth()
}
