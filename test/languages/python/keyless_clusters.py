from cdk8s import App, Chart
from cdk8s_talos import (
    MachineConfigPatch, SecretDelivery, SecretStoreKind, SecretText, TalosCluster, TalosVersion, WorkerPoolOptions,
)
from cdk8s_talos.talos import cri


# clusters whose keys are in no manifest
def keyless_clusters() -> str:
    app = App()

    TalosCluster(
        Chart(app, "stark"),
        "cluster",
        cluster_name="stark",
        talos_version=TalosVersion.of("v1.13.9"),
        secret_delivery=SecretDelivery.generate_once(),
        worker_pools=[WorkerPoolOptions(name="general", replicas=2)],
    )

    TalosCluster(
        Chart(app, "hydra"),
        "cluster",
        cluster_name="hydra",
        talos_version=TalosVersion.of("v1.13.9"),
        secret_delivery=SecretDelivery.external_secret(
            store="vault", store_kind=SecretStoreKind.SECRET_STORE, key="talos/hydra", property="bundle",
        ),
        patches=[
            MachineConfigPatch.of(
                registry_auth_config=[
                    cri.RegistryAuthConfig(
                        name="registry.example.com",
                        username="talos",
                        password=SecretText.from_secret("registry", "password").placeholder,
                    ),
                ],
            ),
        ],
    )

    return app.synth_yaml()
