"""The trees of the vote, learned by `packaging/train_extraction.py`; `trees.py` says how to read them.

Surprising: they are text on purpose. A change of what the extraction prefers shows as a change of words and numbers.
"""

# ruff: noqa: E501

BASE = 0.116
TREES: tuple[str, ...] = (
    "(first 0.4444 (second 0.8 (word_nav 0.2359 (second_words 0.08471 0.01107 -0.2559) -0.3652) (word_comment 0.9 -0.0168 -0.3418)) (second_near 0.8224 (word_nav 0.576 0.1951 -0.0954) 0.2943))",
    "(first 0.4444 (second 0.961 (word_nav 0.04948 (second_words 0.03742 0.1227 -0.1985) -0.2984) (second_near 0.9423 -0.1208 0.07329)) (second_near 0.8312 (length 0.2583 0.009065 0.203) 0.2521))",
    "(first 0.4444 (word_nav 0.2359 (second_parent 0.8889 (agreement 0.6134 -0.05802 -0.2072) (word_comment 0.9 0.04124 -0.2554)) -0.2561) (sentences 0.1667 (second_near 0.8596 0.002072 0.1601) 0.2229))",
    "(first 0.4444 (second_grand 0.6248 (word_nav 0.2359 (agreement 0.7222 -0.05755 -0.2034) -0.2412) (second_near 0.982 -0.06842 0.07646)) (length 0.1083 0.04578 (first_near 0.7323 0.1093 0.2092)))",
    "(first 0.4444 (word_nav 0.2359 (agreement 0.7724 (length 0.1417 -0.07166 (word_comment 0.9 0.1135 -0.231)) -0.1428) -0.2094) (second_near 0.8312 (word_nav 0.72 0.09905 -0.1405) 0.1834))",
    "(first_grand 0.3472 (second 0.4 (in_main 0.5 -0.2056 -0.09336) (word_comment 0.9 0.01619 -0.2176)) (sentences 0.1667 (place 0.01329 -0.322 0.05) (place 0.8787 0.1794 -0.01571)))",
    "(first 0.02 (word_nav 0.2359 (agreement 0.7222 -0.000988 -0.1302) -0.1871) (second_near 0.8596 (word_nav 0.03958 0.08581 (in_article 0.5 -0.1281 0.05627)) (before_first 0.05 0.1596 -0.09303)))",
    "(second 0.4 (second_words 0.08471 (length 0.075 -0.1244 0.1237) (in_main 0.5 -0.1863 -0.06668)) (first_near 0.7105 (word_comment 0.1887 0.0354 -0.1569) (before_first 0.05 0.1473 -0.1086)))",
    "(first_grand 0.3139 (word_nav 0.3686 (agreement 0.8627 (length 0.1417 -0.06668 0.04684) -0.1384) -0.1694) (sentences 0.1667 0.01482 (parent_words 0.2895 (place 0.8832 0.1033 -0.1562) 0.1806)))",
    "(second 0.4 (word_nav 0.03958 (after_last 0.05 0.03453 -0.1147) (in_main 0.5 -0.1892 -0.03997)) (parent_words 0.1433 (after_last 0.05 0.05926 -0.1214) (place 0.04587 -0.1647 0.1551)))",
    "(first_near 0.241 (word_nav 0.2359 (first_words 0.4323 0.01001 (after_last 0.05 -0.01645 -0.2229)) (second 0.4 -0.1728 -0.04012)) (parent_words 0.08909 (page_words 0.4447 -0.05377 0.05949) 0.1273))",
    "(second 0 (second_words 0.08471 (length 0.075 -0.07999 0.103) (word_nav 0.2359 -0.06854 -0.1682)) (first_before 0.9787 (sentences 0.1667 -0.04888 (place 0.7101 0.09448 -0.06524)) 0.1042))",
    "(second_near 0.5714 (word_nav 0.03958 -0.006035 (in_main 0.5 -0.1619 (page_links 0.4552 -0.07451 0.1735))) (sentences 0.1667 (paragraph 0.5 0.06577 -0.06188) (place 0.8832 0.1077 -0.1176)))",
    "(first 0.02 (word_nav 0.4608 (heading 0.5 -0.04933 0.09574) -0.1341) (parent_words 0.2895 (place 0.7401 (in_header 0.5 0.0551 -0.1434) -0.05481) (place 0.05208 -0.1378 0.1324)))",
    "(first_near 0.8673 (sentences 0.1667 (heading 0.5 -0.09274 (agreement 0.6727 0.1308 -0.06173)) (parent_words 0.06582 (after_last 0.65 0.01007 -0.1221) 0.1058)) (capitals 0.04 0.1124 0.02518))",
    "(second 0 (in_nav 0.5 (agreement 0.5382 0.03039 -0.08811) -0.1743) (word_comment 0.1887 (place 0.8787 (before_first 0.05 (digits 0.06 0.08656 -0.03558) -0.05683) -0.1001) -0.142))",
    "(first_near 0.00375 (word_related 0.02533 -0.09004 (page_links 0.4747 -0.03118 0.2401)) (parent_words 0.01453 -0.02796 (links 0.4 (place 0.6765 (place 0.02 -0.245 0.1032) 0.01023) -0.04572)))",
    "(second_near 0.9806 (word_nav 0.06185 (page_words 0.9963 (length 0.4417 -0.002549 0.09889) -0.07398) (in_main 0.5 -0.1213 (page_links 0.4552 -0.04166 (page_links 0.5421 0.3592 0.03941)))) 0.06476)",
    "(length 0.05833 -0.06302 (word_comment 0.9 (place 0.8621 (place 0.04 -0.1546 (parent_words 0.01234 -0.01143 (capitals 0.035 0.09496 (page_links 0.4491 0.008068 0.1398)))) -0.0753) -0.1732))",
    "(after_last 0.05 (before_first 0.05 (place 0.6765 0.06268 -0.007239) -0.07067) (first_words 0.3655 (in_form 0.5 (parent_words 0.008529 -0.07085 (in_footer 0.5 0.1287 -0.1704)) -0.2205) -0.1354))",
    "(first_near 0.9545 (in_header 0.5 (place 0.7333 (sentences 0.5 (word_related 0.01621 -0.02605 (page_links 0.4747 0.03268 0.2293)) 0.06748) (page_links 0.4838 -0.08939 0.05159)) -0.1099) 0.0598)",
    "(parent_words 0.2895 (word_nav 0.4608 (word_comment 0.9 0.008258 -0.151) (second 0.3 -0.1114 (links_near 0.6875 -0.03942 0.2005))) (sentences 0.1667 (first_before 0 -0.1564 0.04705) 0.1004))",
    "(after_last 0.05 (before_first 0.05 (second_words 0.99 0.03665 (page_words 0.8523 -0.03688 (word_content 0.576 -0.06549 -1.525))) -0.0533) (first_words 0.4 0.008914 (first 0.2947 -0.1625 0.01929)))",
    "(in_header 0.5 (place 0.6376 (sentences 0.5 (place 0.04 -0.1478 (length 0.9917 0.02106 -0.2037)) 0.08345) (page_links 0.4838 (word_related 0.576 -0.03049 -0.1538) 0.05972)) -0.0925)",
    "(word_comment 0.9 (second_near 0 (second_words 0.08471 (second_words 0.002148 -0.1072 0.09797) -0.08347) (repeated 0.5 (digits 0.06452 (in_form 0.5 0.04238 -0.1168) -0.04245) -0.06934)) -0.1371)",
    "(in_footer 0.5 (in_nav 0.5 (page_links 0.4552 (word_meta 0.9 (links_near 0.1752 (word_comment 0.2949 0.03673 -0.1303) -0.03339) -0.1374) 0.06713) (second 0.07143 -0.1445 0.1155)) -0.1328)",
    "(place 0.9536 (place 0.1394 -0.06888 (page_words 0.9963 (links_near 0.0597 0.06531 (is_article 0.5 0.02765 -0.06288)) (second_words 0.9983 (word_comment 0.2949 -0.01715 -0.2241) -0.6326))) -0.1414)",
    "(parent_words 0.2895 (parent_words 0.2714 (depth 0.275 (in_article 0.5 -0.1246 0.1381) (page_words 0.05533 -0.2365 0.001185)) (depth 0.575 0.1696 -0.7634)) (sentences 0.1667 -0.02953 0.0813))",
    "(in_footer 0.5 (is_product 0.5 (in_form 0.5 (place 0.9694 (in_nav 0.5 0.02189 (second 0.4 -0.1253 0.1377)) -0.1776) -0.08367) (depth 0.925 -0.04455 -0.3994)) -0.119)",
    "(first_near 0.9964 (page_words 0.7663 0.005445 (page_links 0.1107 (agreement 0.7619 (agreement 0.4506 -0.06181 (first 0.2947 -0.1463 (place 0.434 -0.089 -1))) -0.04214) -0.005685)) 0.0445)",
    "(capitals 0.035 (place 0.6731 (capitals 0 -0.0569 0.06496) -0.01734) (heading 0.5 (second_words 0.002148 -0.1859 (page_links 0.009434 0.2147 -0.02516)) (page_words 0.06767 -0.1836 0.05551)))",
    "(word_comment 0.9 (commas 0.125 -0.01134 (page_words 0.73 0.05768 (word_related 0.72 (digits 0.06452 (second_words 0.9983 (second_grand 0.9755 -0.05381 0.07968) -0.3747) -0.1932) -0.2655))) -0.1026)",
    "(in_footer 0.5 (place 0.1667 -0.04895 (place 0.5915 0.03004 (page_links 0.4838 (page_links 0.3083 (page_links 0.2751 (after_last 0.95 -0.007688 -0.1219) 0.1135) -0.09784) 0.07495))) -0.1062)",
    "(in_header 0.5 (place 0.6179 (sentences 0.8333 0.00847 0.08301) (page_words 0.1593 0.06084 (second_words 0.9541 -0.01722 (parent_words 0.0746 -0.0198 (depth 0.425 -0.1634 -0.8519))))) -0.06499)",
    "(is_product 0.5 (is_article 0.5 0.01793 (listing 0.5 (word_meta 0.9 -0.001388 -0.1899) (page_links 0.06058 -1.078 0.03318))) (depth 0.925 (page_words 0.6933 0.002176 -0.1451) -0.3252))",
    "(word_comment 0.9 (in_form 0.5 (commas 0.125 (paragraph 0.5 0.02362 (word_related 0.9 -0.04179 0.1025)) (word_related 0.9 0.03885 (first 0.6 0.02956 -0.277))) -0.07277) -0.09233)",
    "(depth 0.275 (is_thread 0.5 (first_grand 0.5789 -0.1266 0.03665) -0.2802) (page_words 0.05533 -0.2317 (second_words 0.9575 0.0123 (page_links 0.07975 -0.01792 (parent_blocks 0.825 -0.1332 -0.7417)))))",
    "(in_footer 0.5 (word_ad 0.72 (place 0.1394 (second_before 0.45 -0.0869 0.0382) (page_links 0.01383 0.1548 (page_links 0.01934 -0.1968 0.007355))) -0.171) (first 0.2947 -0.1328 0.2028))",
    "(second_near 0.9958 (second_words 0.7322 0.007973 (in_article 0.5 (word_meta 0.72 -0.05537 -0.2511) 0.01199)) (repeated 0.8333 (second_grand 0.8215 (depth 0.325 -0.6707 -0.02778) 0.04236) -0.163))",
    "(word_comment 0.9 (in_aside 0.5 0.004906 (second 0.3 -0.1392 0.2025)) (page_links 0.1335 (second_near 0.963 -0.1599 0.1646) (word_meta 0.72 (word_content 0.2949 0.203 -0.2388) 0.2872)))",
)
