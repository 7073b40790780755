"""What is asked when speed is measured: some queries of each kind, every one of which finds something at any size."""

KINDS = {
    "one word": ("latency", "throughput", "quantization", "kubernetes", "scheduling"),
    "two words": (
        "latency serving",
        "memory attention",
        "gpu kernels",
        "distributed training",
        "inference cache",
    ),
    "typo": ("latencey", "throughptu", "quantizatoin", "kuberntes", "schedulng"),
    "prefix": ("laten", "throughp", "quantiz", "kubern", "schedul"),
    "Japanese word": ("レイテンシ", "推論", "深層学習", "監視", "パイプライン"),
    "Japanese compound": ("機械学習パイプライン", "分散学習基盤", "推論の高速化", "モデル監視", "深層学習"),
}
