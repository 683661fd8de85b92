from cdk8s import App, Chart
from cdk8s_talos import MachineConfig, MachineConfigPatch, TalosMachineConfig, TalosNamespace, TalosNode, TalosVersion

talos_version = TalosVersion.of("v1.13.9")
host = "talos-control-plane.talos.svc.cluster.local"

app = App()
chart = Chart(app, "talos", namespace="talos")
TalosNamespace(chart, "namespace")

# controlplane.yaml was made by `talosctl gen config lab https://cp.lab.example.org:6443`
config = MachineConfig.from_file("controlplane.yaml", talos_version=talos_version).patch(
    MachineConfigPatch.host_dns(talos_version),
    MachineConfigPatch.from_yaml('machine: {kubelet: {extraArgs: {v: "2"}}}'),
    MachineConfigPatch.from_documents({
        "machine": {"certSANs": [host]},
        "cluster": {
            "controlPlane": {"endpoint": f"https://{host}:6443"},
            # the hosting cluster's own networks must be others than these
            "network": {"podSubnets": ["172.24.0.0/16"], "serviceSubnets": ["172.25.0.0/16"]},
        },
    }),
)

TalosNode(
    chart,
    "control-plane",
    talos_version=talos_version,
    machine_config=TalosMachineConfig(chart, "config", config=config),
)

app.synth()
